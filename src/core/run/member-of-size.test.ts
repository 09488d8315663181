import { expect, test } from 'vitest';
import { llama2 } from '../../../test/support/llama-2-7b.ts';
import { memberOfSize, whyNotScaled } from './member-of-size.ts';

test.each([125e6, 1.3e9, 13e9, 70e9])('a member of %d parameters has heads of the same size, in proportion', (size) => {
  const { model, parameters } = memberOfSize(llama2, { size })!;
  expect(parameters / size).toBeCloseTo(1, 1);
  expect(model.hiddenSize / model.numAttentionHeads).toBe(128);
  expect(model.intermediateSize / model.hiddenSize).toBeCloseTo(11008 / 4096, 1);
  expect(model.hiddenSize / model.numLayers / 128).toBeGreaterThan(0.6);
  expect(model.hiddenSize / model.numLayers / 128).toBeLessThan(1.5);
  expect(model).toMatchObject({ headDim: 128, vocabSize: 32000, gatedMlp: true });
});

test('the member of its own size is the model itself', () => {
  expect(memberOfSize(llama2, { size: 6_738_415_616 })!.model).toEqual(llama2);
});

test('as many queries share a key as in the family', () => {
  for (const size of [1e9, 3e9, 5e9]) {
    const { model } = memberOfSize({ ...llama2, numKeyValueHeads: 8 }, { size })!;
    expect(model.numAttentionHeads).toBe(4 * model.numKeyValueHeads);
  }
});

test('experts get narrower and stay as many, in their share of the layers', () => {
  const moe = {
    numExperts: 8,
    expertsPerToken: 2,
    intermediateSize: 14336,
    sharedExperts: 0,
    sharedIntermediateSize: 14336,
    expertLayers: 16,
  };
  const { model } = memberOfSize({ ...llama2, moe }, { size: 2e9 })!;
  expect(model.moe).toMatchObject({ numExperts: 8, expertsPerToken: 2 });
  expect(model.moe!.intermediateSize).toBeLessThan(14336);
  expect(model.moe!.expertLayers).toBe(Math.round(model.numLayers / 2));
});

test('a model outside of the bounds is none', () => {
  expect(memberOfSize(llama2, { size: 1e9, above: 1e9, atMost: 1.00001e9 })).toBeNull();
  expect(memberOfSize(llama2, { size: 1e9, above: 1e9 })!.parameters).toBeGreaterThan(1e9);
});

test('a model of any size has a member in next to no time', () => {
  const huge = { ...llama2, numAttentionHeads: 100_000, numKeyValueHeads: 100_000, numLayers: 10_000 };
  const start = process.cpuUsage();
  for (let count = 0; count < 100; count += 1) memberOfSize(huge, { size: 1e9 * (count + 1) });
  expect(process.cpuUsage(start).user / 1e6).toBeLessThan(5);
  expect(memberOfSize(llama2, { size: 1 })!.model).toMatchObject({ numAttentionHeads: 1, numLayers: 1 });
});

test('what no other member follows from is named', () => {
  expect(whyNotScaled(llama2)).toBeNull();
  expect(whyNotScaled({ ...llama2, embeddingSize: 512 })).toBe('an embedding narrower than its layers');
});
