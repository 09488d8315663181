// What the frozen base of adapters is loaded in, by trainer and version.
import { expect, test } from 'vitest';
import { aDescribedRun } from '../../../../test/support/a-described-run.ts';
import type { Training } from '../../run/training.ts';
import { gibibyte } from '../../units/bytes.ts';
import { memoryReadings } from './assumed-facts.ts';
import { memoryPart } from './memory.ts';

const adapter = { rank: 8, targetModules: ['q_proj', 'v_proj'], adapters: 1 };

/** Adapters over Llama-3.1-8B, 16 GB in bf16, on one GPU with `bf16: true`. */
function estimated(training: Partial<Training>) {
  const run = aDescribedRun({
    training: { method: 'lora', adapter, precision: 'bf16-mixed', sequenceLength: 512, ...training },
    parallelism: { sharding: 'none' },
    gpuCount: 1,
  });
  const { value, assumptions } = memoryPart(run);
  const parameters = value!.items.find(({ id }) => id === 'parameters')!.bytes;
  return { assumptions, gib: Math.round(parameters / gibibyte), readings: memoryReadings(run, value!) };
}

test.each([
  { trainer: 'huggingface', gib: 15 },
  { trainer: 'huggingface', trainerVersion: '5.2.0', gib: 15 },
  { trainer: 'huggingface', trainerVersion: '4.57.1', gib: 30 },
  { trainer: 'huggingface', trainerVersion: '2025-06', gib: 30 },
  { trainer: 'huggingface', frozenPrecision: 'fp32', gib: 30 },
  { trainer: 'trl', gib: 30 },
  { trainer: 'trl', frozenPrecision: 'bf16', gib: 15 },
  { trainer: 'llama-factory', gib: 15 },
  { trainer: 'axolotl', gib: 15 },
  { trainer: 'ms-swift', gib: 15 },
  { trainer: null, gib: 30 },
] as const)('$trainer $trainerVersion $frozenPrecision: $gib GiB', ({ gib, ...training }) => {
  expect(estimated(training).gib).toBe(gib);
});

test('where neither trainer nor config says, the other type is a reading of its own', () => {
  const { assumptions, readings } = estimated({ trainer: 'huggingface' });
  expect(assumptions).toContainEqual({
    field: 'training.frozen_precision',
    value: 'bf16',
    reason: 'not stated; transformers 5 loads the type of the checkpoint, versions before it fp32',
  });
  const base = readings.assumed.find(({ field }) => field === 'training.frozen_precision');
  expect(base?.otherwise).toBe('with an fp32 base');
  expect(base!.peakBytes).toBeGreaterThan(30 * gibibyte);
});

test('a stated type, or a version that has one, has no other reading', () => {
  for (const training of [{ trainerVersion: '5.2.0' }, { frozenPrecision: 'bf16' }] as const) {
    const { readings } = estimated({ trainer: 'huggingface', ...training });
    expect(readings.assumed.map(({ field }) => field)).not.toContain('training.frozen_precision');
  }
});
