import { expect, test } from 'vitest';
import { aDescribedRun, type Deviation } from '../../../../test/support/a-described-run.ts';
import type { Facts } from '../../run/facts.ts';
import type { RunField } from '../../run/fields.ts';
import { memoryReadings } from './assumed-facts.ts';
import { memoryPart } from './memory.ts';

/** Everything that can be open, stated. */
const all = [
  'parallelism.sharding',
  'training.sequence_length',
  'training.micro_batch_size',
  'training.activation_checkpointing',
  'training.fused_loss',
  'training.precision',
] as const satisfies readonly RunField[];

function read(deviation: Deviation, open: readonly RunField[]) {
  const stated = all.filter((field) => !open.includes(field));
  const facts = Object.fromEntries(stated.map((field) => [field, { value: null, authority: 'config', place: null }]));
  // Only who states a field matters here
  const run = aDescribedRun({ ...deviation, facts: facts as unknown as Facts });
  const memory = memoryPart(run).value!;
  return { memory, readings: memoryReadings(run, memory) };
}

test('a run that states everything has no other reading', () => {
  const { memory, readings } = read({}, []);
  expect(readings.assumed).toEqual([]);
  expect(readings.lowBytes).toBeCloseTo(memory.lowBytes);
  expect(readings.highBytes).toBeCloseTo(memory.highBytes);
});

const ddp = { parallelism: { sharding: 'ddp' } } as const;

test.each([
  { open: 'parallelism.sharding', run: ddp, otherwise: ['with ZeRO-3'] },
  {
    open: 'training.sequence_length',
    run: { training: { sequenceLength: 2048 } },
    otherwise: ['at 4,096 tokens a sequence', 'at 512 tokens a sequence'],
  },
  { open: 'training.micro_batch_size', run: {}, otherwise: ['with a micro batch of 8'] },
  { open: 'training.activation_checkpointing', run: {}, otherwise: ['with activation checkpointing'] },
  { open: 'training.precision', run: {}, otherwise: ['with bf16 weights'] },
] as const)('$open is open where nobody states it', ({ open, run, otherwise }) => {
  expect(read(run, []).readings.assumed).toEqual([]);
  const { memory, readings } = read(run, [open]);
  expect(readings.assumed.map((fact) => fact.otherwise)).toEqual(otherwise);
  for (const { field, peakBytes } of readings.assumed) {
    expect(field).toBe(open);
    expect(peakBytes).not.toBe(memory.peakBytes);
  }
});

test('data that is not packed may be far shorter than the length that it is cut to', () => {
  const hf = { training: { trainer: 'huggingface', sequenceLength: 8192, microBatchSize: 4 } } as const;
  expect(read(hf, []).readings.assumed).toMatchObject([
    { field: 'training.packing', otherwise: 'with batches of 2,048 tokens' },
  ]);
  expect(read({ training: { ...hf.training, packing: true } }, []).readings.assumed).toEqual([]);
});

test('the ends are those of the best and the worst reading together', () => {
  const one = read(ddp, ['parallelism.sharding']).readings;
  const two = read(ddp, ['parallelism.sharding', 'training.activation_checkpointing', 'training.micro_batch_size']);
  expect(two.readings.lowBytes).toBeLessThan(one.lowBytes);
  expect(two.readings.highBytes).toBeGreaterThan(one.highBytes);
  expect(two.readings.bestPeakBytes).toBeLessThan(two.memory.peakBytes);
});

test('a single GPU is not sharded, and where nobody counts them they are taken as a node', () => {
  const none = { parallelism: { sharding: 'none' } } as const;
  expect(read({ ...none, gpuCount: 1 }, ['parallelism.sharding']).readings.assumed).toEqual([]);
  expect(read({ ...none, gpuCount: null }, ['parallelism.sharding']).readings.assumed).toMatchObject([
    { otherwise: 'with ZeRO-3 over 8 GPUs' },
  ]);
});
