import { expect, test } from 'vitest';
import { llama2 as llama } from '../../../test/support/llama-2-7b.ts';
import { layerStack } from './layer-stack.ts';
import { countParameters } from './parameters.ts';
import type { ModelShape } from './model-shape.ts';

const full = { method: 'full', adapter: null } as const;
const total = (model: ModelShape): number => countParameters(model, full).total;

test('a plain decoder is one kind of layer, a mixture of experts two', () => {
  const moe = {
    ...{ numExperts: 8, expertsPerToken: 2, intermediateSize: 1024, expertLayers: 29 },
    ...{ sharedExperts: 0, sharedIntermediateSize: 0 },
  };
  expect(layerStack(llama).map(({ count, mlp }) => [count, mlp])).toEqual([[32, 'dense']]);
  expect(layerStack({ ...llama, moe }).map(({ count, mlp }) => [count, mlp])).toEqual([
    [3, 'dense'],
    [29, 'experts'],
  ]);
});

test('layers listed as they are change nothing', () => {
  expect(total({ ...llama, layers: [{ count: 32 }] })).toBe(total(llama));
  expect(total({ ...llama, layers: [{ count: 20 }, { count: 12, intermediateSize: 11008 }] })).toBe(total(llama));
});

test('a layer without an MLP or a mixer has the parameters of the other alone', () => {
  const attention = 4 * 4096 ** 2;
  const mlp = 3 * 4096 * 11008;
  const outside = 2 * 32000 * 4096 + 4096;
  const single = { ...llama, normsPerLayer: 1 };
  expect(total({ ...single, layers: [{ count: 32, mlp: 'none' }] })).toBe(outside + 32 * (attention + 4096));
  expect(total({ ...single, layers: [{ count: 32, mixers: [] }] })).toBe(outside + 32 * (mlp + 4096));
});

test('cross attention is four more matrices, keys and values as wide as what they read', () => {
  const layers = [{ count: 32, mixers: ['attention', 'cross_attention'] as const }];
  const crossAttention = { sourceSize: 1024, isGated: false };
  expect(
    total({ ...llama, layers: layers.map((kind) => ({ ...kind, mixers: [...kind.mixers] })), crossAttention }),
  ).toBe(total(llama) + 32 * (2 * 4096 ** 2 + 2 * 1024 * 4096));
});

test('a tower adds its blocks, what is in front of them and its projector, and is trained unless frozen', () => {
  const tower = {
    name: 'vision' as const,
    ...{ hiddenSize: 1024, numLayers: 24, numAttentionHeads: 16, intermediateSize: 4096 },
    ...{ embeddingParameters: 1000, projectorParameters: 500 },
  };
  // ViT-L: 12h² + 13h a block (arXiv 2010.11929), and a norm behind them.
  const blocks = 24 * (12 * 1024 ** 2 + 13 * 1024) + 2048;
  const trained = countParameters({ ...llama, towers: [tower] }, full);
  const frozen = countParameters({ ...llama, towers: [{ ...tower, frozen: true }] }, full);
  const alone = countParameters({ ...llama, towers: [tower] }, { ...full, frozenDecoder: true });
  expect(trained.total).toBe(total(llama) + blocks + 1500);
  expect(trained.trainable).toBe(trained.total);
  expect(frozen.trainable).toBe(total(llama) + 500);
  expect(alone.trainable).toBe(blocks + 1500);
});

test('a module that predicts one more token is a layer, a matrix for two hidden states and three norms', () => {
  const layer = 4 * 4096 ** 2 + 3 * 4096 * 11008 + 2 * 4096;
  expect(total({ ...llama, extraPredictions: 1 })).toBe(total(llama) + layer + 2 * 4096 ** 2 + 3 * 4096);
});
