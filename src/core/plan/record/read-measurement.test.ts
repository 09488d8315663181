import { expect, test } from 'vitest';
import { combine, readMeasurement } from './read-measurement.ts';

const gib = 2 ** 30;

test.each([
  ['memory_gib', 'device', gib],
  ['Peak GPU memory (MiB)', 'device', 2 ** 20],
  ['memory/max_reserved(GiB)', 'reserved', gib],
  ['max_memory_allocated_bytes', 'allocated', 1],
  ['memory/max_active (GiB)', 'allocated', gib],
])('the column %s is %s memory', (column, kind, unit) => {
  const measured = readMeasurement(`step,${column},loss\n1,40,2.1\n2,41,2.0\n3,39,1.9\n`);
  expect(measured).toMatchObject({ lastStep: 3, memory: { kind, bytes: 41 * unit } });
});

test('a memory column without a unit, or in GB, is not guessed', () => {
  expect(readMeasurement('step,memory,memory_gb\n1,40,40\n')?.memory).toBeNull();
});

test('what the card shows comes before what the allocator says', () => {
  const measured = readMeasurement('{"reserved_memory_gib": 50, "memory_gib": 40}\n{"memory_gib": 42}\n');
  expect(measured?.memory).toEqual({ kind: 'device', bytes: 42 * gib });
});

test('of the speeds the median counts: the first steps compile', () => {
  const measured = readMeasurement('step,throughput(tps)\n1,10\n2,900\n3,1000\n4,1100\n5,1000\n');
  expect(measured?.tokensPerSecond).toEqual({ value: 1000, isPerGpu: true });
  expect(readMeasurement('step,tokens_per_second\n1,10\n')?.tokensPerSecond?.isPerGpu).toBe(false);
});

test('a trainer_state.json says how long it ran, how far it came, and what the memory tracker saw', () => {
  const state = {
    global_step: 1000,
    max_steps: 1000,
    log_history: [
      { loss: 2.5, step: 500 },
      {
        step: 1000,
        train_runtime: 7200.5,
        total_flos: 1e18,
        before_init_mem_gpu: 1000,
        init_mem_gpu_alloc_delta: 200,
        train_mem_gpu_alloc_delta: 30,
        train_mem_gpu_peaked_delta: 4,
      },
    ],
  };
  expect(readMeasurement(JSON.stringify(state, null, 2))).toEqual({
    memory: { kind: 'allocated', bytes: 1234 },
    seconds: 7200.5,
    tokensPerSecond: null,
    lastStep: 1000,
    plannedSteps: 1000,
  });
});

test('each figure may come from another file', () => {
  const parts = ['step,memory_gib\n9,40\n', '{"train_runtime": 60}'].map((text) => readMeasurement(text)!);
  expect(combine(parts)).toMatchObject({ memory: { bytes: 40 * gib }, seconds: 60, lastStep: 9 });
});

test.each([['plain text'], ['{"a": 1}\nnot json'], ['']])('%j is no measurement', (text) => {
  expect(readMeasurement(text)).toBeNull();
});
