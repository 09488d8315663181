import { expect, test } from 'vitest';
import { readRun } from '../../reading/read-run.ts';

function read(text: string) {
  return readRun('configs/160M.yml', text, new Map());
}

function valuesOf(text: string): Record<string, unknown> {
  const { run, problems } = read(text);
  expect(problems).toEqual([]);
  return Object.fromEntries(Object.entries(run!.facts).map(([field, { value }]) => [field, value]));
}

const config = (extra = '') => `{
  # parallelism settings
  "pipe-parallel-size": 0,
  "model-parallel-size": 2,
  "num-layers": 32,
  "hidden-size": 4096,
  "num-attention-heads": 32,
  "seq-length": 2048,
  "pos-emb": "rotary",
  "no_weight_tying": True,
  "vocab-file": "/data/20B_tokenizer.json",
  "train_micro_batch_size_per_gpu": 16,
  "gas": 2,
  "fp16": { "enabled": True },
  "optimizer": { "type": "Adam" },
  "zero_optimization": { "stage": 1 },
  "checkpoint-activations": true,
  "train-iters": 143000,
${extra}}
`;

test('a config states what it says, hyphens and underscores alike', () => {
  expect(valuesOf(config())).toEqual({
    'training.trainer': 'gpt-neox',
    'model.num_layers': 32,
    'model.hidden_size': 4096,
    'model.num_attention_heads': 32,
    'model.gated_mlp': false,
    'model.intermediate_size': 16384,
    'model.vocab_size': 50432,
    'model.norm': 'layernorm',
    'model.position_embedding': 'rope',
    'model.tie_word_embeddings': false,
    'model.attention_bias': true,
    'model.mlp_bias': true,
    'training.sequence_length': 2048,
    'training.micro_batch_size': 16,
    'training.gradient_accumulation_steps': 2,
    'training.steps': 143000,
    'training.precision': 'fp16-mixed',
    'training.optimizer': 'adamw',
    'training.activation_checkpointing': 'full',
    'parallelism.tensor': 2,
    'parallelism.pipeline': 1,
    'parallelism.sharding': 'zero1',
  });
});

test('a gated MLP has two thirds of the width, halved and rounded up', () => {
  const gated = '  "activation": "swiglu",\n  "intermediate_size": 32768,\n  "mlp_multiple_of": 256,\n';
  expect(valuesOf(config(gated))).toMatchObject({ 'model.gated_mlp': true, 'model.intermediate_size': 11008 });
});

test('tensor parallel ranks pad the vocabulary', () => {
  const rows = (size: number) =>
    valuesOf(config().replace('"model-parallel-size": 2', `"model-parallel-size": ${size}`))['model.vocab_size'];
  expect([rows(1), rows(2), rows(4)]).toEqual([50304, 50432, 50688]);
});

test('fp16 of the type bfloat16 is bf16', () => {
  const bf16 = config().replace('{ "enabled": True }', '{ "enabled": True, "type": "bfloat16" }');
  expect(valuesOf(bf16)['training.precision']).toBe('bf16-mixed');
});

test('a key in both spellings is a problem', () => {
  expect(read(config('  "num_layers": 12,\n')).problems).toMatchObject([
    { code: 'duplicate-key', key: 'num_layers', place: { line: 19 } },
  ]);
});

test('a wrong type is a problem under the spelling of the file', () => {
  expect(read(config().replace('"num-layers": 32', '"num-layers": "deep"')).problems).toMatchObject([
    { code: 'wrong-type', place: { line: 5 } },
  ]);
});
