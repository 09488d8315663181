import { expect, test } from 'vitest';
import { readRun } from '../../reading/read-run.ts';

function read(text: string) {
  return readRun('yamls/pretrain/mpt.yaml', text, new Map());
}

function valuesOf(text: string): Record<string, unknown> {
  const { run, problems } = read(text);
  expect(problems).toEqual([]);
  return Object.fromEntries(Object.entries(run!.facts).map(([field, { value }]) => [field, value]));
}

const config = (model = '') => `variables:
  max_seq_len: 2048
max_seq_len: \${variables.max_seq_len}
model:
  name: mpt_causal_lm
  d_model: 768
  n_heads: 12
  n_layers: 12
  max_seq_len: \${max_seq_len}
  vocab_size: 50368
${model}train_loader: { name: text }
optimizer: { name: decoupled_adamw }
max_duration: 4800ba
global_train_batch_size: 256
device_train_microbatch_size: 16
precision: amp_bf16
fsdp_config:
  sharding_strategy: FULL_SHARD
  mixed_precision: PURE
  activation_checkpointing: true
`;

test('an MPT states its dimensions, with the defaults of MPT', () => {
  expect(valuesOf(config())).toEqual({
    'training.trainer': 'llm-foundry',
    'model.hidden_size': 768,
    'model.num_layers': 12,
    'model.num_attention_heads': 12,
    'model.vocab_size': 50368,
    'model.max_position_embeddings': 2048,
    'model.intermediate_size': 3072,
    'model.gated_mlp': false,
    'model.attention_bias': true,
    'model.mlp_bias': true,
    'model.norm': 'layernorm',
    'model.position_embedding': 'learned',
    'model.tie_word_embeddings': true,
    'training.sequence_length': 2048,
    'training.global_batch_size': 256,
    'training.micro_batch_size': 16,
    'training.steps': 4800,
    'training.precision': 'bf16-mixed',
    'training.optimizer': 'adamw',
    'training.activation_checkpointing': 'full',
    'parallelism.sharding': 'zero3',
  });
});

test('MPT without biases has norms without them, and ALiBi no positions', () => {
  expect(valuesOf(config('  no_bias: true\n  attn_config: { alibi: true }\n'))).toMatchObject({
    'model.attention_bias': false,
    'model.norm': 'rmsnorm',
    'model.position_embedding': 'alibi',
  });
});

test('a run of the MosaicML platform carries its config under parameters', () => {
  const indented = config()
    .replace(/^(?=.)/gm, '  ')
    .replace('size: 16\n', 'size: auto\n');
  const launched = `name: run\ncompute:\n  gpus: 16\nparameters:\n${indented}`;
  expect(valuesOf(launched)).toMatchObject({ 'hardware.count': 16, 'training.sequence_length': 2048 });
  expect(valuesOf(launched)).not.toHaveProperty('training.micro_batch_size');
  expect(read(launched).run?.facts['hardware.count']?.place?.line).toBe(3);
  expect(read(launched).run?.facts['training.steps']?.place?.line).toBe(17);
});

test('a model of the Hub is named', () => {
  const hub = config().replace(
    /name: mpt_causal_lm\n(?: {2}.*\n)*/,
    'name: hf_causal_lm\n  pretrained_model_name_or_path: a/b\n',
  );
  expect(valuesOf(hub)['model.id']).toBe('a/b');
});

test('an interpolation that runs in circles is a problem, and states nothing', () => {
  const { run, problems } = read(config().replace('max_seq_len: 2048', 'max_seq_len: ${max_seq_len}'));
  expect(problems).toMatchObject([{ code: 'interpolation-cycle', key: 'variables.max_seq_len', place: { line: 2 } }]);
  expect(run?.facts).not.toHaveProperty(['training.sequence_length']);
});

test('an unknown precision is a problem on its line', () => {
  expect(read(config().replace('amp_bf16', 'amp_int8')).problems).toMatchObject([
    { code: 'unknown-value', place: { line: 16 } },
  ]);
});
