import { expect, test } from 'vitest';
import { aDescribedRun, type Deviation } from '../../../../test/support/a-described-run.ts';
import { trainerTraits } from '../trainer-traits.ts';
import { gpuShare, type GpuShare } from './gpu-share.ts';
import type { Stage } from './stage.ts';

function share(deviation: Deviation, stage: Stage = 'only'): GpuShare {
  return gpuShare(aDescribedRun(deviation), trainerTraits(null), stage);
}

test('two pipeline stages hold the model between them', () => {
  const run = { parallelism: { pipeline: 2 } };
  expect(share(run, 'first').denseParameters + share(run, 'last').denseParameters).toBe(8_030_261_248);
});

test('a tied embedding is on the first stage and, as the head, on the last', () => {
  const run = { model: 'meta-llama/Llama-3.2-1B', parallelism: { pipeline: 2 } };
  const both = share(run, 'first').denseParameters + share(run, 'last').denseParameters;
  expect(both).toBe(1_235_814_400 + 128_256 * 2048);
});

test('key and value projections stop dividing at one head a rank', () => {
  const [eight, sixteen] = [8, 16].map((tensor) => share({ gpuCount: 16, parallelism: { tensor } }));
  const halved = eight!.denseParameters / 2;
  // 32 layers of 2 · 4096 · 1024 / 8 that do not halve, and half of the norms
  expect(sixteen!.denseParameters - halved).toBeCloseTo((32 * 2 * 4096 * 1024) / 16 + (65 * 4096) / 2, 3);
});

test('context parallel ranks repeat weights, and so divide states with the data parallel ones', () => {
  expect(share({ gpuCount: 8, parallelism: { sharding: 'zero3', context: 4 } }).denseRanks.weights).toBe(8);
});

test('experts are divided by expert ranks, and their states by the ranks that are left', () => {
  const mixtral = { model: 'mistralai/Mixtral-8x7B-v0.1', gpuCount: 32 };
  const alone = share({ ...mixtral, parallelism: { sharding: 'zero1' } });
  const divided = share({ ...mixtral, parallelism: { sharding: 'zero1', expert: 8 } });
  expect(divided.expertParameters).toBe(alone.expertParameters / 8);
  expect(divided.expertRanks.optimizer).toBe(32 / 8);
  expect(divided.denseRanks.optimizer).toBe(32);
});
