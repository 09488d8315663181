import { expect, test } from 'vitest';
import { readRun } from '../../reading/read-run.ts';

function read(text: string) {
  return readRun('config/llama.yaml', text, new Map());
}

function valuesOf(text: string): Record<string, unknown> {
  const { run, problems } = read(text);
  expect(problems).toEqual([]);
  return Object.fromEntries(Object.entries(run!.facts).map(([field, { value }]) => [field, value]));
}

const config = (trainer = '', rest = '') => `data: !include data/pile.yaml
model:
  type: llama
  seq_len: 4096
  hidden_dim: 4096
  intermediate_dim: 11008
  num_layers: 32
  num_heads: 32
trainer:
  mp: p=f32,c=bfloat16
  train_batch_size: 1024
  per_device_parallelism: -1
  num_train_steps: 50000
${trainer}optimizer:
  learning_rate: 3E-4
${rest}`;

test('a config states what it says; the files that it includes are let be', () => {
  expect(valuesOf(config('  fsdp_axis: embed\n  model_axis_size: 2\n'))).toEqual({
    'training.trainer': 'levanter',
    'model.hidden_size': 4096,
    'model.num_layers': 32,
    'model.num_attention_heads': 32,
    'model.intermediate_size': 11008,
    'model.gated_mlp': true,
    'model.norm': 'rmsnorm',
    'model.tie_word_embeddings': false,
    'training.sequence_length': 4096,
    'training.global_batch_size': 1024,
    'training.steps': 50000,
    'training.precision': 'bf16-mixed',
    'training.optimizer': 'adamw',
    'training.activation_checkpointing': 'full',
    'parallelism.tensor': 2,
    'parallelism.sharding': 'zero3',
  });
});

test.each([
  ['f32', 'fp32'],
  ['bfloat16', 'bf16'],
  ['p=f32,c=bf16', 'bf16-mixed'],
  ['p=bfloat16,c=bfloat16', 'bf16'],
])('the policy %s is %s', (mp, precision) => {
  expect(valuesOf(config().replace('p=f32,c=bfloat16', mp))['training.precision']).toBe(precision);
});

test('a model of the Hub is named without its revision', () => {
  expect(valuesOf(config('', 'initialize_from_hf: org/name@abc\nlora: { r: 8 }\n'))).toMatchObject({
    'model.id': 'org/name',
    'training.method': 'lora',
    'training.lora.rank': 8,
  });
});

test('a schedule of batches has no one value', () => {
  const schedule = config().replace('train_batch_size: 1024', 'train_batch_size: [{ start: 0, value: 512 }]');
  expect(valuesOf(schedule)).not.toHaveProperty('training.global_batch_size');
});

test('a policy of precisions that is none is a problem on its line', () => {
  expect(read(config().replace('c=bfloat16', 'c=int3')).problems).toMatchObject([
    { key: 'trainer.mp', place: { line: 10 } },
  ]);
});

test('matrices in fp8 are told', () => {
  const text =
    'trainer:\n  mp: p=f32,c=bfloat16\n  num_train_steps: 10\n  quantization: { fp8: true }\nmodel: { type: llama }\n';
  const { run, problems } = readRun('run.yaml', text, new Map());
  expect(problems).toEqual([]);
  expect(run!.facts['training.precision']?.value).toBe('fp8-mixed');
});
