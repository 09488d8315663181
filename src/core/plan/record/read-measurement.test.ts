import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { combine, memoryOf } from './measurement.ts';
import { readMeasurement } from './read-measurement.ts';
import { readTensorboard } from './read-tensorboard.ts';

const gib = 2 ** 30;

test.each([
  ['memory_gib', 'device', gib],
  ['Peak GPU memory (MiB)', 'device', 2 ** 20],
  ['memory/max_reserved(GiB)', 'reserved', gib],
  ['max_memory_allocated_bytes', 'allocated', 1],
  ['memory/max_active (GiB)', 'allocated', gib],
])('the column %s is %s memory', (column, kind, unit) => {
  const measured = readMeasurement(`step,${column},loss\n1,40,2.1\n2,41,2.0\n3,39,1.9\n`);
  expect(measured).toMatchObject({ lastStep: 3, peaks: { [kind]: 41 * unit } });
});

test('a memory column without a unit, or in GB, is not guessed', () => {
  expect(readMeasurement('step,memory,memory_gb\n1,40,40\n')?.peaks).toEqual({});
});

test('what the card shows comes before what the allocator says', () => {
  const measured = readMeasurement('{"reserved_memory_gib": 50, "memory_gib": 40}\n{"memory_gib": 42}\n');
  expect(memoryOf(measured!)).toEqual({ kind: 'device', bytes: 42 * gib });
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
    peaks: { allocated: 1234 },
    seconds: 7200.5,
    secondsPerStep: null,
    tokensPerSecond: null,
    lastStep: 1000,
    plannedSteps: 1000,
  });
});

test('each figure may come from another file', () => {
  const parts = ['step,memory_gib\n9,40\n', '{"train_runtime": 60}'].map((text) => readMeasurement(text)!);
  expect(combine(parts)).toMatchObject({ peaks: { device: 40 * gib }, seconds: 60, lastStep: 9 });
});

test.each([['plain text'], ['{"a": 1}\nnot json'], ['']])('%j is no measurement', (text) => {
  expect(readMeasurement(text)).toBeNull();
});

describe('exports and logs', () => {
  test('wandb-summary.json has the time, the step and what the card held', () => {
    const summary = {
      'train/global_step': 900,
      _runtime: 3600.5,
      _step: 90,
      _wandb: { runtime: 3601 },
      'system/gpu.0.memoryAllocatedBytes': 30 * gib,
      'system/gpu.1.memoryAllocatedBytes': 31 * gib,
    };
    expect(readMeasurement(JSON.stringify(summary), 'files/wandb-summary.json')).toMatchObject({
      peaks: { device: 31 * gib },
      seconds: 3601,
      lastStep: 900,
    });
  });

  test('config.yaml of W&B says how many steps there were to be', () => {
    const text = 'wandb_version: 1\nmax_steps:\n  desc: null\n  value: 900\nlearning_rate:\n  value: 0.1\n';
    expect(readMeasurement(text, 'files/config.yaml')).toMatchObject({ plannedSteps: 900, seconds: null });
  });

  test("a CSV of W&B's system metrics has the run in front of each column", () => {
    const text = `"Relative Time (Process)","sft-7 - system/gpu.0.memoryAllocatedBytes","sft-7 - system/gpu.0.memoryAllocatedBytes__MAX"
"15","${20 * gib}","${21 * gib}"
"3600","${22 * gib}","${25 * gib}"
`;
    expect(readMeasurement(text)).toMatchObject({ peaks: { device: 25 * gib }, seconds: 3600 });
  });

  test('MLflow keeps a file a metric, and the times of a run', () => {
    const metric = '1700000000000 1000 10\n1700000001000 1200 20\n1700000002000 1100 30\n';
    expect(readMeasurement(metric, 'mlruns/0/abc/metrics/tokens_per_second')).toMatchObject({
      tokensPerSecond: { value: 1100, isPerGpu: false },
      lastStep: 30,
    });
    expect(
      readMeasurement('start_time: 1700000000000\nend_time: 1700000060000\n', 'mlruns/0/abc/meta.yaml'),
    ).toMatchObject({
      seconds: 60,
    });
  });

  test('torchtitan logs reserved memory and the speed of a GPU', () => {
    const text = `[rank0]:2026-05-01 - root - INFO - \u001b[31mstep:  1  \u001b[32mloss: 12.2  \u001b[33mmemory: 40.10GiB(42.18%)  \u001b[34mtps: 900  \u001b[0m
[rank0]:2026-05-01 - root - INFO - step: 10  loss:  7.1  memory: 45.20GiB(47.58%)  tps: 5,204  tflops: 300.10  mfu: 30.34%
[rank0]:2026-05-01 - root - INFO - step: 20  loss:  6.1  memory: 45.20GiB(47.58%)  tps: 5,300  tflops: 305.10  mfu: 30.84%
`;
    expect(readMeasurement(text)).toMatchObject({
      peaks: { reserved: 45.2 * gib },
      tokensPerSecond: { value: 5204, isPerGpu: true },
      lastStep: 20,
    });
  });

  test('Megatron-LM logs the time of an iteration and both peaks of the allocator', () => {
    const text = ` [2026-05-01 10:00:00] iteration       10/     500 | consumed samples:  5120 | elapsed time per iteration (ms): 5000.0 | learning rate: 1E-4 |
[Rank 0] (after 10 iterations) memory (MB) | allocated: 1000.0 | max allocated: 30000.5 | reserved: 31000.0 | max reserved: 32000.0
 [2026-05-01 10:01:00] iteration      500/     500 | consumed samples: 256000 | elapsed time per iteration (ms): 4000.0 | learning rate: 1E-5 |
`;
    expect(readMeasurement(text)).toMatchObject({
      peaks: { allocated: 30000.5 * 2 ** 20, reserved: 32000 * 2 ** 20 },
      secondsPerStep: 4.5,
      lastStep: 500,
      plannedSteps: 500,
    });
  });

  test.each([
    [
      'nvidia-smi',
      'timestamp, index, memory.used [MiB], utilization.gpu [%]\n2026/05/01, 0, 45000 MiB, 98 %\n2026/05/01, 1, 46000 MiB, 97 %\n',
    ],
    ['DCGM', 'entity,DCGM_FI_DEV_FB_USED\nGPU 0,45000\nGPU 1,46000\n'],
  ])('%s shows what the card held', (_, text) => {
    expect(readMeasurement(text)?.peaks).toEqual({ device: 46000 * 2 ** 20 });
  });
});

describe('TensorBoard events', () => {
  const bytes = (...parts: readonly (readonly number[])[]) => parts.flat();
  const float32 = (value: number) => [...new Uint8Array(Float32Array.of(value).buffer)];
  const float64 = (value: number) => [...new Uint8Array(Float64Array.of(value).buffer)];
  const text = (value: string) => [...new TextEncoder().encode(value)];
  const delimited = (field: number, body: readonly number[]) => [field * 8 + 2, ...varint(body.length), ...body];
  const varint = (value: number): number[] =>
    value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
  const simple = (tag: string, value: number) =>
    delimited(1, bytes(delimited(1, text(tag)), [2 * 8 + 5], float32(value)));
  const tensor = (tag: string, value: number) =>
    delimited(1, bytes(delimited(1, text(tag)), delimited(8, bytes([8, 1], delimited(4, float32(value))))));
  const event = (time: number, step: number, ...values: readonly number[][]) =>
    bytes([9], float64(time), [16], varint(step), delimited(5, values.flat()));
  const record = (body: readonly number[]) => {
    const length = new Uint8Array(BigUint64Array.of(BigInt(body.length)).buffer);
    return [...length, 0, 0, 0, 0, ...body, 0, 0, 0, 0];
  };
  const file = Uint8Array.from([
    ...record(bytes([9], float64(1000), delimited(3, text('brain.Event:2')))),
    ...record(event(1010, 1, simple('memory/max_reserved(GiB)', 40), simple('loss', 3))),
    ...record(event(1500, 300, tensor('memory/max_reserved(GiB)', 44.5), tensor('throughput(tps)', 5000))),
  ]);

  test('say what their scalars are called', () => {
    expect(readTensorboard(file)).toMatchObject({
      peaks: { reserved: 44.5 * gib },
      tokensPerSecond: { value: 5000, isPerGpu: true },
      lastStep: 300,
      seconds: 500,
    });
  });

  test('that are cut off count as far as they go', () => {
    expect(readTensorboard(file.subarray(0, file.length - 3))).toMatchObject({ lastStep: 1 });
    expect(readTensorboard(new Uint8Array(8))).toBeNull();
  });

  test('of any bytes at all are read without failing', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(file.length - 1), fc.nat(255), (random, at, value) => {
        readTensorboard(random);
        const damaged = Uint8Array.from(file);
        damaged[at] = value;
        readTensorboard(damaged);
      }),
    );
  });
});

test.each([
  ['step: '.repeat(50_000)],
  ['9'.repeat(300_000)],
  [`iteration ${' '.repeat(300_000)}/`],
  ['"a",'.repeat(50_000)],
])('text made to be slow to read is read all the same', (text) => {
  expect(() => readMeasurement(text)).not.toThrow();
});
