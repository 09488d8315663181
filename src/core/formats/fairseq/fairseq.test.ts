import { expect, test } from 'vitest';
import { readRun } from '../../reading/read-run.ts';

function read(text: string) {
  return readRun('config/pretraining.yaml', text, new Map());
}

function valuesOf(text: string): Record<string, unknown> {
  const { run, problems } = read(text);
  expect(problems).toEqual([]);
  return Object.fromEntries(Object.entries(run!.facts).map(([field, { value }]) => [field, value]));
}

const config = `common:
  fp16: true
task:
  _name: language_modeling
  data: ???
  tokens_per_sample: 512
dataset:
  batch_size: 8
distributed_training:
  ddp_backend: legacy_ddp
  distributed_world_size: 64
optimization:
  max_update: 400000
  update_freq: [2]
optimizer:
  _name: adam
`;

test('a config states what it says', () => {
  expect(valuesOf(config)).toEqual({
    'training.trainer': 'fairseq',
    'training.sequence_length': 512,
    'training.micro_batch_size': 8,
    'training.gradient_accumulation_steps': 2,
    'training.steps': 400000,
    'training.precision': 'fp16-mixed',
    'training.optimizer': 'adamw',
    'parallelism.sharding': 'ddp',
    'hardware.count': 64,
  });
});

test('a composite optimizer is that of all its groups, where they have the same', () => {
  const groups = (second: string) =>
    config.replace(
      '_name: adam',
      `_name: composite\n  groups:\n    a: { optimizer: { _name: adam } }\n    b: { optimizer: { _name: ${second} } }`,
    );
  expect(valuesOf(groups('adam'))['training.optimizer']).toBe('adamw');
  expect(valuesOf(groups('adagrad'))).not.toHaveProperty('training.optimizer');
});

test('accumulation that changes with the epochs has no one value', () => {
  expect(valuesOf(config.replace('[2]', '[4, 2]'))).not.toHaveProperty('training.gradient_accumulation_steps');
});

test('weights are pure fp16 in the memory-efficient mode', () => {
  expect(
    valuesOf(config.replace('fp16: true', 'fp16: true\n  memory_efficient_fp16: true'))['training.precision'],
  ).toBe('fp16');
});

test('a wrong type is a problem on its line', () => {
  expect(read(config.replace('size: 64', 'size: all')).problems).toMatchObject([
    { code: 'wrong-type', place: { line: 11 } },
  ]);
});
