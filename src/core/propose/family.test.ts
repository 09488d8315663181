import { expect, test } from 'vitest';
import { llama2 } from '../../../test/support/llama-2-7b.ts';
import type { ModelShape } from '../run/model-shape.ts';
import { nearestMember, smallerMembers, whyNotScaled } from './family.ts';

const anySize = { above: 0, atMost: Infinity };

function memberOf(model: ModelShape, size: number) {
  return nearestMember(smallerMembers(model), model, { size, ...anySize })!;
}

test('a smaller member keeps the size of its heads and the proportions of its width', () => {
  const { model, parameters } = memberOf(llama2, 1.3e9);
  expect(parameters / 1.3e9).toBeCloseTo(1, 1);
  expect(model.hiddenSize / model.numAttentionHeads).toBe(128);
  expect(model.intermediateSize / model.hiddenSize).toBeCloseTo(11008 / 4096, 1);
  expect(model.hiddenSize / model.numLayers).toBeGreaterThan(85);
  expect(model.hiddenSize / model.numLayers).toBeLessThan(170);
  expect(model).toMatchObject({ headDim: 128, vocabSize: 32000, gatedMlp: true });
});

test('as many queries share a key as in the family', () => {
  const grouped = { ...llama2, numAttentionHeads: 32, numKeyValueHeads: 8 };
  for (const { model } of smallerMembers(grouped)) expect(model.numAttentionHeads).toBe(4 * model.numKeyValueHeads);
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
  const { model } = memberOf({ ...llama2, moe }, 2e9);
  expect(model.moe).toMatchObject({ numExperts: 8, expertsPerToken: 2 });
  expect(model.moe!.intermediateSize).toBeLessThan(14336);
  expect(model.moe!.expertLayers).toBe(Math.round(model.numLayers / 2));
});

test('members outside of the bounds are none', () => {
  const members = smallerMembers(llama2);
  expect(nearestMember(members, llama2, { size: 1e9, above: 1e9, atMost: 1.0001e9 })).toBeNull();
  const above = nearestMember(members, llama2, { size: 1e9, above: 1.1e9, atMost: 2e9 });
  expect(above!.parameters).toBeGreaterThan(1.1e9);
});

test('a huge model has no more members than can be looked at', () => {
  const huge = { ...llama2, numAttentionHeads: 100_000, numKeyValueHeads: 100_000, numLayers: 10_000 };
  expect(smallerMembers(huge).length).toBeLessThan(20_000);
});

test('what no smaller member follows from is named', () => {
  expect(whyNotScaled(llama2)).toBeNull();
  expect(whyNotScaled({ ...llama2, embeddingSize: 512 })).toBe('an embedding narrower than its layers');
});
