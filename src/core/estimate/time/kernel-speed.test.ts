import { expect, test } from 'vitest';
import { aDescribedRun } from '../../../../test/support/a-described-run.ts';
import type { Training } from '../../run/training.ts';
import { kernelSpeed, peakFlopsPerSecond, type KernelSpeed } from './kernel-speed.ts';

function speed(gpu: string, training: Partial<Training> = {}, headDim = 128): KernelSpeed {
  const run = aDescribedRun({ gpu, training });
  return kernelSpeed(run.training, run.hardware.gpu, headDim)!;
}

test.each(['V100', 'A100-80GB', 'H100', 'H200', 'B200', 'MI300X', 'RTX-4090', 'L40S'])(
  'no kernel on %s is faster than its data sheet',
  (gpu) => {
    for (const trainer of ['megatron-lm', 'torchtitan', 'megatron-deepspeed', null]) {
      const { matrixFlopsPerSecond, attentionFlopsPerSecond, bytesPerSecond, bandwidth } = speed(gpu, { trainer });
      const peak = peakFlopsPerSecond(aDescribedRun({ gpu }).hardware.gpu, 'bf16-mixed')!;
      expect(matrixFlopsPerSecond).toBeLessThan(peak);
      expect(attentionFlopsPerSecond).toBeLessThan(peak / 2);
      expect(bytesPerSecond).toBeLessThan(bandwidth);
    }
  },
);

test('fp8 gains only where the GPU has it, and never twice the speed in PyTorch trainers', () => {
  const gain = (gpu: string, trainer: string): number =>
    speed(gpu, { trainer, precision: 'fp8-mixed' }).matrixFlopsPerSecond / speed(gpu, { trainer }).matrixFlopsPerSecond;
  expect(gain('A100-80GB', 'torchtitan')).toBe(1);
  expect(gain('H100', 'torchtitan')).toBeCloseTo(2 * 0.8, 5);
  expect(gain('H100', 'nemo')).toBeCloseTo(2 * 0.96, 5);
});

test("on Hopper NVIDIA's trainers have the faster kernels, on A100 all have the same", () => {
  const ratio = (gpu: string): number =>
    speed(gpu, { trainer: 'llm-foundry' }).matrixFlopsPerSecond / speed(gpu, { trainer: 'nemo' }).matrixFlopsPerSecond;
  expect(ratio('H100')).toBeCloseTo(0.8, 10);
  expect(ratio('A100-80GB')).toBe(1);
});

test('a head that is no multiple of 8 misses the tensor cores', () => {
  expect(speed('A100-80GB', {}, 108).attentionFlopsPerSecond).toBeLessThan(
    speed('A100-80GB', {}, 104).attentionFlopsPerSecond / 5,
  );
});

test('utilization refers to the dense 16-bit peak, in fp32 to the fp32 peak', () => {
  const { gpu } = aDescribedRun({ gpu: 'A100-80GB' }).hardware;
  expect(peakFlopsPerSecond(gpu, 'fp8-mixed')).toBe(312e12);
  expect(peakFlopsPerSecond(gpu, 'fp32')).toBe(19.5e12);
});
