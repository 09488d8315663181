import { expect, test } from 'vitest';
import { readRun } from '../../reading/read-run.ts';

function read(text: string) {
  return readRun('configs/olmo.yaml', text, new Map());
}

function valuesOf(text: string): Record<string, unknown> {
  const { run, problems } = read(text);
  expect(problems).toEqual([]);
  return Object.fromEntries(Object.entries(run!.facts).map(([field, { value }]) => [field, value]));
}

const config = (model: string, rest = '') => `run_name: olmo
model:
  d_model: 4096
  n_heads: 32
  n_layers: 32
  ${model}
  include_bias: false
  layer_norm_type: rms
  rope: true
  weight_tying: false
  max_sequence_length: 4096
  vocab_size: 100278
  embedding_size: 100352
tokenizer: { identifier: dolma2 }
optimizer: { name: adamw }
global_train_batch_size: 1024
device_train_microbatch_size: 2
precision: amp_bf16
fsdp: { wrapping_strategy: by_block, precision: mixed }
${rest}`;

test('a config states what it says', () => {
  expect(
    valuesOf(config('mlp_hidden_size: 22016', 'activation_checkpointing: one_in_four\nsave_interval: 1000\n')),
  ).toEqual({
    'training.trainer': 'olmo',
    'model.hidden_size': 4096,
    'model.num_layers': 32,
    'model.num_attention_heads': 32,
    'model.vocab_size': 100352,
    'model.max_position_embeddings': 4096,
    'model.gated_mlp': true,
    'model.intermediate_size': 11008,
    'model.norm': 'rmsnorm',
    'model.position_embedding': 'rope',
    'model.tie_word_embeddings': false,
    'model.attention_bias': false,
    'model.mlp_bias': false,
    'training.sequence_length': 4096,
    'training.micro_batch_size': 2,
    'training.global_batch_size': 1024,
    'training.precision': 'bf16-mixed',
    'training.optimizer': 'adamw',
    'training.activation_checkpointing': 'selective',
    'training.checkpoint_every': 1000,
    'parallelism.sharding': 'zero3',
  });
});

test('the ratio is of gate and up projection together, for experts too', () => {
  expect(valuesOf(config('mlp_ratio: 8'))['model.intermediate_size']).toBe(16384);
  const experts = 'mlp_ratio: 1\n  block_type: moe\n  moe_num_experts: 64\n  moe_top_k: 8';
  expect(valuesOf(config(experts))).toMatchObject({
    'model.moe.num_experts': 64,
    'model.moe.experts_per_token': 8,
    'model.moe.intermediate_size': 2048,
  });
});

test.each([
  ['739_328', 'training.steps', 739328],
  ['1000', 'training.steps', 1000],
  ['1ep', 'training.epochs', 1],
  ['5e12T', 'training.tokens', 5e12],
])('a duration of %s is %s', (duration, field, value) => {
  expect(valuesOf(config('mlp_ratio: 8', `max_duration: ${duration}\n`))[field]).toBe(value);
});

test('a duration that is none is a problem on its line', () => {
  expect(read(config('mlp_ratio: 8', 'max_duration: soon\n')).problems).toMatchObject([
    { code: 'unknown-value', key: 'max_duration', place: { line: 20 } },
  ]);
});
