import { expect, test } from 'vitest';
import { aDescribedRun, type Deviation } from '../../../../test/support/a-described-run.ts';
import type { Prices } from './cost.ts';
import { inferencePart, servedSecondsPerToken, type ServedSeconds } from './inference.ts';

const price = { usdPerGpuHour: 4, source: 'list' };
const prices: Prices = { plan: null, list: price };

function seconds(model: string, gpu: string): ServedSeconds {
  const run = aDescribedRun({ model, gpu });
  return servedSecondsPerToken(run.model, run.parameters, run.hardware.gpu!)!;
}

/** Answers of as many tokens as their prompts. */
function served(model: string, gpu: string): number {
  const { input, output } = seconds(model, gpu);
  return 1 / (input + output);
}

/** Published rates are for other shapes and batches than the assumed chat; the claim is a factor of two to three. */
test.each([
  { source: 'TensorRT-LLM 0.6.1, 128/2048, batch 60', model: 'meta-llama/Llama-2-7b-hf', gpu: 'A100-80GB', rate: 1928 },
  { source: 'TensorRT-LLM 0.6.1, 128/2048, fp16', model: 'meta-llama/Llama-2-70b-hf', gpu: 'A100-80GB', rate: 525 },
  { source: 'vLLM 0.21, chat, 16 streams', model: 'meta-llama/Llama-3.1-8B', gpu: 'H100', rate: 1384 },
])('$model on $gpu serves about $rate tokens/s ($source)', ({ model, gpu, rate }) => {
  const ratio = served(model, gpu) / rate;
  expect(ratio).toBeGreaterThan(0.33);
  expect(ratio).toBeLessThan(3.5);
});

test.each([
  { source: 'TensorRT-LLM 0.5, 2048 in', model: 'meta-llama/Llama-2-7b-hf', gpu: 'A100-80GB', rate: 15_400 },
  { source: 'TensorRT-LLM 0.5, 2048 in', model: 'meta-llama/Llama-2-70b-hf', gpu: 'A100-80GB', rate: 5400 / 4 },
])('$model on $gpu reads $rate prompt tokens/s, within a factor of 1.6 ($source)', ({ model, gpu, rate }) => {
  const ratio = 1 / seconds(model, gpu).input / rate;
  expect(ratio).toBeGreaterThan(1 / 1.6);
  expect(ratio).toBeLessThan(1.6);
});

test('a tiny model stops at what the host can launch, some 20,000 tokens/s', () => {
  expect(served('openai-community/gpt2', 'H100')).toBeLessThan(64 / 0.003);
});

test('dollars for a million tokens, in and out apart: price times seconds over utilization, which is shown', () => {
  const { input, output } = seconds('meta-llama/Llama-3.1-8B', 'H100');
  const { value } = inferencePart(aDescribedRun(), price, prices);
  expect(value?.usdPerMillionInputTokens).toBeCloseTo((1e6 * 4 * input) / (3600 * 0.4), 10);
  expect(value?.usdPerMillionOutputTokens).toBeCloseTo((1e6 * 4 * output) / (3600 * 0.4), 10);
  expect(value?.usdPerMillionTokens).toBeCloseTo((1e6 * 4 * (input + output)) / (3600 * 0.4), 10);
  expect(value?.utilization).toBe(0.4);
  expect(value?.source).toContain('40% utilization');
});

test.each([
  { missing: 'GPU', run: { gpu: null }, price, hint: 'hardware.gpu' },
  { missing: 'price', run: {}, price: null, hint: "the policy's prices" },
] satisfies { missing: string; run: Deviation; price: typeof price | null; hint: string }[])(
  "without a $missing the plan's figure serves, else nothing",
  ({ run, price, hint }) => {
    const described = aDescribedRun(run);
    const planned = { ...prices, planUsdPerMillionTokens: { usd: 0.1, source: 'plan row Large' } };
    expect(inferencePart(described, price, planned).value).toEqual({
      usdPerMillionTokens: 0.1,
      usdPerMillionInputTokens: null,
      usdPerMillionOutputTokens: null,
      utilization: null,
      source: 'plan row Large',
    });
    const { value, unknown } = inferencePart(described, price, prices);
    expect(value).toBeNull();
    expect(unknown[0]?.reason).toContain(hint);
  },
);
