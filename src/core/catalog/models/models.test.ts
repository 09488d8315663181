import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { countParameters } from '../../run/parameters.ts';
import { findModel } from '../model.ts';
import { models } from './index.ts';

const published = models.flatMap(({ ids, ...model }) => ids.map((id) => ({ id, ...model })));

test.each(published)('$id adds up to its $totalParameters parameters', ({ shape, totalParameters }) => {
  expect(countParameters(shape, { method: 'full', adapter: null }).total).toBe(totalParameters);
});

test.each(published)(
  '$id is possible: whole dimensions, heads in groups, no more expert layers than layers',
  ({ id, shape }) => {
    const { hiddenSize, numLayers, numAttentionHeads, numKeyValueHeads, headDim, intermediateSize, vocabSize, moe } =
      shape;
    const sizes = [hiddenSize, numLayers, numAttentionHeads, numKeyValueHeads, headDim, intermediateSize];
    expect(sizes.filter((size) => !Number.isInteger(size) || size <= 0)).toEqual([]);
    // Only what reads images has no vocabulary.
    const hasWords = !/\/(?:vit|clip-vit|deit|dinov2)-|^ViT-/.test(id);
    expect([Number.isInteger(vocabSize), vocabSize > 0]).toEqual([true, hasWords]);
    expect(numAttentionHeads % numKeyValueHeads).toBe(0);
    expect(moe?.expertLayers ?? 0).toBeLessThanOrEqual(numLayers);
    expect(moe?.expertsPerToken ?? 0).toBeLessThanOrEqual(moe?.numExperts ?? 0);
  },
);

test('no id stands twice', () => {
  const ids = published.map(({ id }) => id.toLowerCase());
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});

test('a model is found by its hub id in any case, with its source', () => {
  expect(findModel('META-LLAMA/llama-3.1-8b')?.shape).toMatchObject({ hiddenSize: 4096, numKeyValueHeads: 8 });
  expect(findModel('Qwen/Qwen2.5-7B')?.source).toContain('LitGPT');
});

test.each(['', 'meta-llama', 'meta-llama/Llama-3.1', './checkpoints/llama', '__proto__', 'constructor'])(
  'no model is guessed for "%s"',
  (id) => {
    expect(findModel(id)).toBeNull();
  },
);

test('every file of the folder is in the list', () => {
  const files = readdirSync(import.meta.dirname).filter((file) => !['index.ts', 'models.test.ts'].includes(file));
  const list = readFileSync(`${import.meta.dirname}/index.ts`, 'utf8');
  expect(files.filter((file) => !list.includes(`'./${file}'`))).toEqual([]);
});
