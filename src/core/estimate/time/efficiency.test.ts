import { expect, test } from 'vitest';
import { aDescribedRun, type Deviation } from '../../../../test/support/a-described-run.ts';
import { efficiency, peakFlopsPerSecond } from './efficiency.ts';

function mfu(deviation: Deviation): number {
  const { model, parameters, training, hardware } = aDescribedRun(deviation);
  return efficiency({ model: model, parameters: parameters, training, gpu: hardware.gpu }).mfu;
}

test.each([
  { gpu: 'V100', precision: 'fp16-mixed', expected: 0.5 },
  { gpu: 'A100-80GB', precision: 'bf16-mixed', expected: 0.52 },
  { gpu: 'H100', precision: 'bf16-mixed', expected: 0.455 },
  { gpu: 'B200', precision: 'bf16-mixed', expected: 0.42 },
] as const)('a tuned run on $gpu reaches $expected of its peak', ({ gpu, precision, expected }) => {
  expect(mfu({ gpu, training: { precision } })).toBe(expected);
});

test('full checkpointing costs a third of the speed, selective a tenth', () => {
  expect(mfu({ training: { activationCheckpointing: 'full' } }) / mfu({})).toBeCloseTo(0.67, 10);
  expect(mfu({ training: { activationCheckpointing: 'selective' } }) / mfu({})).toBeCloseTo(0.9, 10);
});

test('a model a tenth of 2B reaches 0.62 as much', () => {
  const gpt2 = aDescribedRun({ model: 'openai-community/gpt2' }).parameters.active;
  expect(mfu({ model: 'openai-community/gpt2' }) / 0.455).toBeCloseTo(0.62 ** Math.log10(2e9 / gpt2), 10);
});

test('fp8 gains only where the GPU has it, and never twice the speed', () => {
  const gain = (gpu: string, trainer: string): number =>
    mfu({ gpu, training: { precision: 'fp8-mixed', trainer } }) / mfu({ gpu, training: { trainer } });
  expect(gain('A100-80GB', 'megatron-lm')).toBe(1);
  expect(gain('H100', 'megatron-lm')).toBeCloseTo(1.45, 10);
  expect(gain('H100', 'torchtitan')).toBeCloseTo(1.25, 10);
});

test('utilization refers to the dense 16-bit peak, in fp32 to the fp32 peak', () => {
  const { gpu } = aDescribedRun({ gpu: 'A100-80GB' }).hardware;
  expect(peakFlopsPerSecond(gpu, 'fp8-mixed')).toBe(312e12);
  expect(peakFlopsPerSecond(gpu, 'fp32')).toBe(19.5e12);
});
