import { expect, test } from 'vitest';
import { aDescribedRun, type Deviation } from '../../../../test/support/a-described-run.ts';
import type { Parallelism } from '../../run/parallelism.ts';
import type { Training } from '../../run/training.ts';
import type { Phase } from './snapshot.ts';
import { memoryPart } from './memory.ts';

const embedding = 128_256 * 4096;

/** Llama-3.1-8B by Hugging Face's Trainer through DeepSpeed. */
function run(parallelism: Partial<Parallelism>, training: Partial<Training> = {}): Deviation {
  return {
    model: 'meta-llama/Llama-3.1-8B',
    gpuCount: 8,
    training: { trainer: 'huggingface', precision: 'bf16', ...training },
    parallelism: { shardingEngine: 'deepspeed', reduceBucketSize: 1e8, ...parallelism },
  };
}

function part(deviation: Deviation, phase: Phase, id: string, name?: string): number {
  const { timeline } = memoryPart(aDescribedRun(deviation)).value!;
  const item = timeline.find(({ moment }) => moment === phase)!.items.find((other) => other.id === id);
  if (name === undefined) return item?.bytes ?? 0;
  return item?.quantities.find(([symbol]) => symbol === name)?.[1] ?? 0;
}

const bucketAt = (phase: Phase, parallelism: Partial<Parallelism>, training?: Partial<Training>): number =>
  part(run(parallelism, training), phase, 'buffers', 'reduce bucket');

test('stage 1 keeps its buckets from one micro batch to the next, two where it overlaps; stage 2 has none at the loss', () => {
  const overlapping = { sharding: 'zero1', overlapComm: true } as const;
  expect(bucketAt('loss', overlapping, { gradientAccumulationSteps: 4 })).toBe(2 * 2 * 1e8);
  expect(bucketAt('loss', overlapping, { gradientAccumulationSteps: 1 })).toBe(0);
  expect(bucketAt('loss', { sharding: 'zero2' }, { gradientAccumulationSteps: 4 })).toBe(0);
});

test('the bucket of stage 3 is whole and throughout, though adapters alone are trained', () => {
  const adapter = { rank: 8, targetModules: ['q_proj'], adapters: 1, dtype: null };
  const lora = run({ sharding: 'zero3' }, { method: 'lora', adapter });
  expect(part(lora, 'loss', 'buffers', 'unsharded gradients')).toBe(2 * 1e8);
});

test('stage 1 with its optimizer on the host holds all gradients when the backward pass ends, unless it overlaps', () => {
  const gradients = (overlapComm: boolean): number =>
    part(run({ sharding: 'zero1', cpuOffload: 'optimizer', overlapComm }), 'end-of-backward', 'gradients');
  expect(gradients(false)).toBeGreaterThan(2 * 8e9);
  expect(gradients(true)).toBeLessThan(2 * 1e9);
});

test('gradients on their way to the host pass through a buffer as large as the largest', () => {
  const buffer = 'gradient on its way to the host';
  expect(part(run({ sharding: 'zero2', cpuOffload: 'optimizer' }), 'loss', 'buffers', buffer)).toBe(2 * embedding);
  expect(part(run({ sharding: 'zero3', cpuOffload: 'optimizer' }), 'loss', 'buffers', buffer)).toBe(0);
});

test('stage 1 that adds up in fp32 keeps whole fp32 gradients, and the copy that is reduced', () => {
  const statePrecision = { gradient: 'fp32', master: null, moment: null } as const;
  const wide = run({ sharding: 'zero1' }, { statePrecision, gradientAccumulationSteps: 4 });
  expect(part(wide, 'loss', 'gradients')).toBeGreaterThan(4 * 8e9);
  expect(part(wide, 'loss', 'buffers', 'gradients that are stepped')).toBeGreaterThan(2 * 8e9);
});

test('a rank of stage 3 has a buffer for its gradients before there are any', () => {
  expect(part(run({ sharding: 'zero3' }), 'loss', 'gradients')).toBeCloseTo((2 * 8.03e9) / 8, -8);
});

test('autograd keeps gathered experts of one tensor, unless their layer is recomputed', () => {
  const gathered = (activationCheckpointing: 'none' | 'full'): number =>
    part(
      { ...run({ sharding: 'zero3' }, { activationCheckpointing }), model: 'mistralai/Mixtral-8x7B-v0.1' },
      'loss',
      'buffers',
      'gathered weights',
    );
  expect(gathered('full')).toBe(2 * 1e9);
  expect(gathered('none')).toBeGreaterThan(2 * 40e9);
});
