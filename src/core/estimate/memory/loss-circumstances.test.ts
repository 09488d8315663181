import { expect, test } from 'vitest';
import { aDescribedRun } from '../../../../test/support/a-described-run.ts';
import type { Facts } from '../../run/facts.ts';
import type { Training } from '../../run/training.ts';
import { trainerTraits } from '../trainer-traits.ts';
import { lossCircumstances } from './loss-circumstances.ts';

const statedFalse: Facts = { 'training.fused_loss': { value: false, authority: 'config', place: null } };

function bytesPerLogit(training: Partial<Training>, facts: Facts = {}): number {
  const run = aDescribedRun({ training, facts });
  return lossCircumstances(run, trainerTraits(run.training.trainer), 'likely').bytesPerLogit;
}

test('a plain loop that compiles its model compiles the loss that it returns', () => {
  expect(bytesPerLogit({ trainer: null, compile: false })).toBe(14);
  expect(bytesPerLogit({ trainer: null, compile: true }, statedFalse)).toBe(6);
});

test('torchtitan compiles the loss in newer versions; one that says it is not fused is an older one', () => {
  expect(bytesPerLogit({ trainer: 'torchtitan', compile: true })).toBe(6);
  expect(bytesPerLogit({ trainer: 'torchtitan', compile: true }, statedFalse)).toBe(12);
});

test('a Liger loss takes chunks whose logits are as large as the hidden states; prime-rl takes 2048 tokens', () => {
  const chunk = (trainer: string): unknown => {
    const run = aDescribedRun({ training: { trainer, fusedLoss: true } });
    return lossCircumstances(run, trainerTraits(trainer), 'likely').logitsAtOnce;
  };
  expect(chunk('axolotl')).toBe('as-hidden');
  expect(chunk('prime-rl')).toBe(2048);
});

test('ms-swift hands runs with tensor parallelism to Megatron', () => {
  expect(trainerTraits('ms-swift', { tensor: 4, pipeline: 1, shardingEngine: null }).states).toBe('megatron');
  expect(trainerTraits('ms-swift', { tensor: 1, pipeline: 1, shardingEngine: null }).states).toBe('accelerate');
});

test('what a config says of its sharding engine goes before what its trainer has', () => {
  const engine = (shardingEngine: 'fsdp' | 'deepspeed' | 'megatron' | null, trainer = 'huggingface') =>
    trainerTraits(trainer, { tensor: 1, pipeline: 1, shardingEngine });
  expect(engine(null).engine).toBeNull();
  expect(engine('deepspeed')).toMatchObject({ engine: 'deepspeed', states: 'accelerate', upcastsUnquantized: false });
  expect(engine('fsdp')).toMatchObject({ engine: 'fsdp', upcastsUnquantized: true });
  expect(engine('megatron').states).toBe('megatron');
  expect(engine('megatron', 'nanotron').bytesPerLogit).toEqual(trainerTraits('nanotron').bytesPerLogit);
});
