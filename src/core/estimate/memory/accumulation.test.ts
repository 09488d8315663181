// What is whole on each rank while gradients add up, and what is not.
import { expect, test } from 'vitest';
import { aDescribedRun, type Deviation } from '../../../../test/support/a-described-run.ts';
import { gibibyte } from '../../units/bytes.ts';
import { memoryPart } from './memory.ts';

const parameters = 70_553_706_496;

/** Llama-3-70B on 64 H100, trained whole in bf16. */
function gradients(deviation: Deviation): number {
  const { items } = memoryPart(aDescribedRun({ model: 'meta-llama/Llama-3.1-70B', gpuCount: 64, ...deviation })).value!;
  return items.find(({ id }) => id === 'gradients')?.bytes ?? 0;
}

const trainer = (gradientAccumulationSteps: number, syncEachBatch?: boolean): Deviation => ({
  training: { trainer: 'huggingface', sequenceLength: 4096, gradientAccumulationSteps },
  parallelism: {
    sharding: 'zero3',
    shardingEngine: 'fsdp',
    ...(syncEachBatch === undefined ? {} : { syncEachBatch }),
  },
});

test("under accelerate's no_sync each rank holds all bf16 gradients: 131 GiB for 70B, which no H100 has", () => {
  expect(gradients(trainer(8))).toBe(2 * parameters);
  expect((2 * parameters) / gibibyte).toBeCloseTo(131.4, 1);
});

test('without accumulation, or with sync_each_batch, a rank holds its share', () => {
  expect(gradients(trainer(1))).toBeLessThan(parameters / 10);
  expect(gradients(trainer(8, true))).toBeLessThanOrEqual((4 * parameters) / 64);
});

test('torchtitan reduces each micro batch', () => {
  const titan = { trainer: 'torchtitan', gradientAccumulationSteps: 8 };
  expect(gradients({ training: titan })).toBeLessThanOrEqual((4 * parameters) / 64);
});

test('where frozen and trained weights are one flat parameter, gradients are as large as the base', () => {
  const adapter = { rank: 8, targetModules: ['q_proj'], adapters: 1 };
  const lora = { trainer: 'litgpt', method: 'lora', precision: 'bf16', adapter, gradientAccumulationSteps: 8 } as const;
  expect(gradients({ training: lora })).toBe(2 * parameters);
});

test('ZeRO-1 moves gradients to the CPU at the boundary alone, stage 2 as they come', () => {
  const offloaded = (sharding: 'zero1' | 'zero2', gradientAccumulationSteps: number): number =>
    gradients({
      training: { trainer: 'deepspeed', gradientAccumulationSteps },
      parallelism: { sharding, cpuOffload: 'optimizer' },
    });
  expect(offloaded('zero1', 4)).toBe(2 * parameters);
  expect(offloaded('zero2', 4)).toBeLessThan(parameters / 10);
  expect(offloaded('zero1', 1)).toBeLessThan(parameters / 10);
});
