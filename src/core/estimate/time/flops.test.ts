import { expect, test } from 'vitest';
import { aDescribedRun, type Deviation } from '../../../../test/support/a-described-run.ts';
import { attentionFlops, flopsPerToken, hardwareFlopsPerToken, meanAttended } from './flops.ts';
import { matrixParameters } from './matrix-parameters.ts';

function flops(deviation: Deviation, count = flopsPerToken): number {
  const { model, parameters, training } = aDescribedRun(deviation);
  return count(model, parameters, training);
}

const gpt2 = 'openai-community/gpt2';
const [hidden, layers, length, vocabulary] = [768, 12, 1024, 50_257];

test('the closed form of Megatron for GPT: 72·L·h²·(1 + s/12h + V/12hL), attention halved because it is causal', () => {
  const closed = 72 * layers * hidden ** 2 * (1 + length / (12 * hidden) + vocabulary / (12 * hidden * layers));
  const counted = flops({ model: gpt2, training: { sequenceLength: length } });
  // The closed form leaves the biases out: less than a thousandth.
  expect(counted).toBeGreaterThanOrEqual(closed);
  expect(counted / closed).toBeLessThan(1.001);
});

test('with full recomputation the hardware does 96·L·h²·(1 + s/12h + V/16hL), the model still the same', () => {
  const training = { sequenceLength: length, activationCheckpointing: 'full' } as const;
  const closed = 96 * layers * hidden ** 2 * (1 + length / (12 * hidden) + vocabulary / (16 * hidden * layers));
  expect(flops({ model: gpt2, training }, hardwareFlopsPerToken) / closed).toBeCloseTo(1, 2.5);
  expect(flops({ model: gpt2, training })).toBe(flops({ model: gpt2, training: { sequenceLength: length } }));
});

test("Megatron's selective recomputation repeats attention, torchtitan's every second matrix product", () => {
  const repeated = (trainer: string): number => {
    const training = { trainer, sequenceLength: length, activationCheckpointing: 'selective' } as const;
    return flops({ model: gpt2, training }, hardwareFlopsPerToken) - flops({ model: gpt2, training });
  };
  expect(repeated('megatron-lm')).toBe(2 * layers * hidden * length);
  expect(repeated('torchtitan') / (layers * 12 * hidden ** 2)).toBeCloseTo(1, 2.5);
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

test('a reference model adds its forward pass, a third of the training', () => {
  expect(flops({ training: { referenceModel: true } }) / flops({})).toBeCloseTo(4 / 3, 10);
});

const { training } = aDescribedRun({ training: { sequenceLength: 1000 } });

test.each([
  { what: 'a causal mask: half of the sequence', window: null, documents: undefined, attended: 500 },
  { what: 'a window of 100: 100 but for the start, 100 − 100²/2000', window: 100, documents: undefined, attended: 95 },
  { what: 'a window wider than the sequence: no difference', window: 5000, documents: undefined, attended: 500 },
  { what: 'packed documents of 200: half of one', window: null, documents: 200, attended: 100 },
  { what: 'documents longer than the sequence: half of the sequence', window: null, documents: 3000, attended: 500 },
])('attended under $what', ({ window, documents, attended }) => {
  const packed = documents === undefined ? training : { ...training, meanDocumentLength: documents };
  expect(meanAttended(packed, window)).toBe(attended);
});

test('a window on all but every second layer saves half of what one on all saves', () => {
  const { model } = aDescribedRun();
  const windowed = (fullEvery: number | null): number =>
    flops({ model: { ...model, slidingWindow: { tokens: 1024, fullEvery } } });
  expect(flops({ model }) - windowed(2)).toBeCloseTo((flops({ model }) - windowed(null)) / 2, -2);
});

test('latent attention of DeepSeek-V3: keys of 128 + 64, values of 128, in 128 heads; its compressing matrices count', () => {
  const { model, parameters, training } = aDescribedRun({
    model: 'deepseek-ai/DeepSeek-V3',
    training: { sequenceLength: 4096 },
  });
  expect(attentionFlops(model, training)).toBe(61 * 2 * 128 * (128 + 64 + 128) * (4096 / 2));
  // All active parameters but the input embedding and the norms are matrices.
  const embedding = model.vocabSize * model.hiddenSize;
  expect(matrixParameters(model) / (parameters.active - embedding)).toBeCloseTo(1, 4);
});
