import { expect, test } from 'vitest';
import { aDescribedRun } from '../../../../test/support/a-described-run.ts';
import type { DescribedRun } from '../described-run.ts';
import type { Parallelism } from '../../run/parallelism.ts';
import { parametersPerRank } from './exchange-time.ts';
import { stepTime } from './step-time.ts';

/** A run of Llama-3.1-8B on a machine of eight, which states its batch. */
function run(parallelism: Partial<Parallelism>, steps = 1): DescribedRun {
  const fact = (value: number) => ({ value, authority: 'config', place: null }) as const;
  return aDescribedRun({
    gpuCount: 8,
    parallelism,
    training: { gradientAccumulationSteps: steps },
    facts: { 'training.micro_batch_size': fact(1), 'training.gradient_accumulation_steps': fact(steps) },
  });
}

function offload(parallelism: Partial<Parallelism>, steps?: number): number {
  return stepTime(run(parallelism, steps))!.parts.offload;
}

test("an optimizer on the host takes the CPUs' Adam for all GPUs of a machine, and gradients and weights over PCIe", () => {
  const parallelism = { sharding: 'zero2', cpuOffload: 'optimizer' } as const;
  const { trained } = parametersPerRank(run(parallelism));
  expect(trained / 7.5e9).toBeCloseTo(1, 1);
  expect(offload(parallelism)).toBeCloseTo(0.25e-9 * trained + (2 * trained * 2) / 8 / 25e9, 5);
});

test('parameters on the host come for each pass of each micro batch', () => {
  const optimizer = offload({ sharding: 'zero3', cpuOffload: 'optimizer' });
  const both = offload({ sharding: 'zero3', cpuOffload: 'parameters' });
  const twice = offload({ sharding: 'zero3', cpuOffload: 'parameters' }, 2);
  expect(both).toBeGreaterThan(optimizer);
  expect(twice - both).toBeGreaterThan(both - optimizer);
});

test('nothing on the host costs nothing', () => {
  expect(offload({ sharding: 'zero3', cpuOffload: 'none' })).toBe(0);
});
