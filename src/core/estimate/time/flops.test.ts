import { expect, test } from 'vitest';
import { aDescribedRun, type Deviation } from '../../../../test/support/a-described-run.ts';
import { flopsPerToken, matrixParameters } from './flops.ts';

function flops(deviation: Deviation): number {
  const { model, parameters, training } = aDescribedRun(deviation);
  return flopsPerToken(model, parameters, training);
}

test('the closed form of Megatron for GPT: 72·L·h²·(1 + s/12h + V/12hL), attention halved because it is causal', () => {
  const [hidden, layers, length] = [768, 12, 1024];
  const vocabulary = 50_257;
  const closed = 72 * layers * hidden ** 2 * (1 + length / (12 * hidden) + vocabulary / (12 * hidden * layers));
  const counted = flops({ model: 'openai-community/gpt2', training: { sequenceLength: length } });
  // The closed form leaves the biases out: less than a thousandth.
  expect(counted).toBeGreaterThanOrEqual(closed);
  expect(counted / closed).toBeLessThan(1.001);
});

test('an expert layer costs what the experts of a token cost', () => {
  const { model } = aDescribedRun({ model: 'mistralai/Mixtral-8x7B-v0.1' });
  // active, 12,879,925,248, without embedding and norms
  expect(matrixParameters(model)).toBe(12_879_925_248 - 32_000 * 4096 - 65 * 4096);
});

test('LoRA saves the gradients of frozen weights: two thirds of full training, and its adapters', () => {
  const adapter = { rank: 8, targetModules: ['q_proj', 'v_proj'], adapters: 1 };
  const short = { model: 'meta-llama/Llama-2-7b-hf' };
  const full = flops({ ...short, training: { sequenceLength: 1 } });
  const lora = flops({ ...short, training: { sequenceLength: 1, method: 'lora', adapter } });
  expect(lora / full).toBeCloseTo(2 / 3 + 4_194_304 / 6.6e9, 4);
});
