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
      // The best that FlashAttention-2 publishes on an A100 (arXiv 2307.08691 §4.1).
      expect(attentionFlopsPerSecond).toBeLessThan(0.73 * peak);
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

test('a card that does not hold the clock of its peak, and one that does, have a share of their own', () => {
  const share = (gpu: string): number =>
    speed(gpu, { trainer: 'huggingface' }).matrixFlopsPerSecond /
    peakFlopsPerSecond(aDescribedRun({ gpu }).hardware.gpu, 'bf16-mixed')!;
  expect(share('L4')).toBeCloseTo(0.36, 5);
  expect(share('L40S')).toBeCloseTo(0.59, 5);
  expect(share('RTX-4090')).toBeCloseTo(0.86, 5);
});

test('hand-written kernels move a third of what operators of a library move', () => {
  const moved = (trainer: string): number => speed('H100', { trainer, compile: true }).bytesPerSecond;
  expect(moved('llm.c') / moved('torchtitan')).toBeCloseTo(3, 5);
});

test('attention below Hopper gets faster from 4k to 32k, but in older tables and on GPUs without bf16', () => {
  const share = (gpu: string, trainer: string, sequenceLength: number): number =>
    speed(gpu, { trainer, sequenceLength }).attentionFlopsPerSecond /
    peakFlopsPerSecond(aDescribedRun({ gpu }).hardware.gpu, 'fp16-mixed')!;
  expect(share('A100-80GB', 'huggingface', 4096)).toBeCloseTo(0.34, 5);
  expect(share('A100-80GB', 'huggingface', 131_072)).toBeCloseTo(0.57, 5);
  expect(share('A100-80GB', 'llm-foundry', 131_072)).toBeCloseTo(0.34, 5);
  expect(share('V100', 'huggingface', 131_072)).toBeCloseTo(0.34, 5);
});
