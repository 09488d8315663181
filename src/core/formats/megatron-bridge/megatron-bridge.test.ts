import { expect, test } from 'vitest';
import { readRun } from '../index.ts';

function read(text: string) {
  return readRun('conf/override.yaml', text, new Map());
}

function valuesOf(text: string): Record<string, unknown> {
  const { run, problems } = read(text);
  expect(problems).toEqual([]);
  return Object.fromEntries(Object.entries(run!.facts).map(([field, { value }]) => [field, value]));
}

const config = `model:
  seq_length: 4096
  tensor_model_parallel_size: 2
  cross_entropy_loss_fusion: false
train:
  train_iters: 600
  global_batch_size: 64
  micro_batch_size: 1
ddp:
  use_distributed_optimizer: true
mixed_precision: bf16_mixed
`;

test('overrides state what they say', () => {
  expect(valuesOf(config)).toEqual({
    'training.trainer': 'megatron-bridge',
    'training.sequence_length': 4096,
    'training.micro_batch_size': 1,
    'training.global_batch_size': 64,
    'training.steps': 600,
    'training.precision': 'bf16-mixed',
    'training.fused_loss': false,
    'parallelism.sharding': 'zero1',
    'parallelism.tensor': 2,
  });
});

test('a recipe of fp8 is fp8', () => {
  const fp8 = config.replace('bf16_mixed', 'bf16_with_fp8_current_scaling_mixed');
  expect(valuesOf(fp8)['training.precision']).toBe('fp8-mixed');
});

test('a wrong type is a problem on its line', () => {
  expect(read(config.replace('600', 'many')).problems).toMatchObject([{ code: 'invalid-value', place: { line: 6 } }]);
});
