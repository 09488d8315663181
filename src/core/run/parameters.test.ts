import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { llama2 as llama } from '../../../test/support/llama-2-7b.ts';
import { countParameters, parameterGroups } from './parameters.ts';
import type { ModelShape, MoeShape } from './model-shape.ts';

const full = { method: 'full', adapter: null } as const;

const mistral = { ...llama, numKeyValueHeads: 8, intermediateSize: 14336 };
const qwen25 = { ...llama, qkvBias: true };
const qwen3 = { ...llama, qkNorm: true, vocabSize: 151936 };
const gemma = { ...llama, headDim: 256, vocabSize: 256000, tieWordEmbeddings: true };
const gptNeox: ModelShape = {
  ...llama,
  norm: 'layernorm',
  gatedMlp: false,
  qkvBias: true,
  attentionOutputBias: true,
  mlpBias: true,
};
const falcon: ModelShape = { ...llama, norm: 'layernorm', gatedMlp: false, tieWordEmbeddings: true };

function heads(count: number, keyValue: number, headDim: number) {
  return { numAttentionHeads: count, numKeyValueHeads: keyValue, headDim };
}

function experts(
  numExperts: number,
  expertsPerToken: number,
  intermediateSize: number,
  expertLayers: number,
): MoeShape {
  return {
    numExperts,
    expertsPerToken,
    intermediateSize,
    expertLayers,
    sharedExperts: 0,
    sharedIntermediateSize: 0,
  };
}

const mixtral8x7b = { ...mistral, moe: experts(8, 2, 14336, 32) };
const qwen3Moe30b = {
  ...qwen3,
  hiddenSize: 2048,
  numLayers: 48,
  ...heads(32, 4, 128),
  intermediateSize: 6144,
  moe: experts(128, 8, 768, 48),
};

const published: [name: string, total: number, shape: ModelShape][] = [
  ['Llama 2 7B', 6_738_415_616, llama],
  [
    'Llama 2 13B',
    13_015_864_320,
    { ...llama, hiddenSize: 5120, numLayers: 40, ...heads(40, 40, 128), intermediateSize: 13824 },
  ],
  [
    'Llama 2 70B',
    68_976_648_192,
    { ...llama, hiddenSize: 8192, numLayers: 80, ...heads(64, 8, 128), intermediateSize: 28672 },
  ],
  ['Llama 3 8B', 8_030_261_248, { ...mistral, vocabSize: 128256 }],
  [
    'Llama 3 70B',
    70_553_706_496,
    { ...llama, hiddenSize: 8192, numLayers: 80, ...heads(64, 8, 128), intermediateSize: 28672, vocabSize: 128256 },
  ],
  [
    'Llama 3.1 405B',
    405_853_388_800,
    { ...llama, hiddenSize: 16384, numLayers: 126, ...heads(128, 8, 128), intermediateSize: 53248, vocabSize: 128256 },
  ],
  [
    'Llama 3.2 1B, tied',
    1_235_814_400,
    {
      ...llama,
      hiddenSize: 2048,
      numLayers: 16,
      ...heads(32, 8, 64),
      intermediateSize: 8192,
      vocabSize: 128256,
      tieWordEmbeddings: true,
    },
  ],
  [
    'Llama 3.2 3B, tied',
    3_212_749_824,
    {
      ...llama,
      hiddenSize: 3072,
      numLayers: 28,
      ...heads(24, 8, 128),
      intermediateSize: 8192,
      vocabSize: 128256,
      tieWordEmbeddings: true,
    },
  ],
  ['Mistral 7B', 7_241_732_096, mistral],
  [
    'Qwen2.5 0.5B, tied, biases on q, k, v',
    494_032_768,
    {
      ...qwen25,
      hiddenSize: 896,
      numLayers: 24,
      ...heads(14, 2, 64),
      intermediateSize: 4864,
      vocabSize: 151936,
      tieWordEmbeddings: true,
    },
  ],
  [
    'Qwen2.5 7B, biases on q, k, v',
    7_615_616_512,
    { ...qwen25, hiddenSize: 3584, numLayers: 28, ...heads(28, 4, 128), intermediateSize: 18944, vocabSize: 152064 },
  ],
  [
    'Qwen3 8B, norms on q and k',
    8_190_735_360,
    { ...qwen3, numLayers: 36, ...heads(32, 8, 128), intermediateSize: 12288 },
  ],
  [
    'Gemma 2B, heads wider than the hidden size',
    2_506_172_416,
    { ...gemma, hiddenSize: 2048, numLayers: 18, ...heads(8, 1, 256), intermediateSize: 16384 },
  ],
  [
    'Gemma 2 9B, four norms a layer',
    9_241_705_984,
    { ...gemma, hiddenSize: 3584, numLayers: 42, ...heads(16, 8, 256), intermediateSize: 14336, normsPerLayer: 4 },
  ],
  [
    'GPT-2, learned positions',
    124_439_808,
    {
      ...gptNeox,
      hiddenSize: 768,
      numLayers: 12,
      ...heads(12, 12, 64),
      intermediateSize: 3072,
      vocabSize: 50257,
      learnedPositions: 1024,
      tieWordEmbeddings: true,
    },
  ],
  [
    'Pythia 1B',
    1_011_781_632,
    { ...gptNeox, hiddenSize: 2048, numLayers: 16, ...heads(8, 8, 256), intermediateSize: 8192, vocabSize: 50304 },
  ],
  [
    'Pythia 12B',
    11_846_072_320,
    { ...gptNeox, hiddenSize: 5120, numLayers: 36, ...heads(40, 40, 128), intermediateSize: 20480, vocabSize: 50688 },
  ],
  [
    'MPT 7B, norms without bias',
    6_649_286_656,
    { ...falcon, ...heads(32, 32, 128), intermediateSize: 16384, vocabSize: 50432, peculiarities: ['bias-free-norm'] },
  ],
  [
    'Falcon 7B, one norm before a parallel block',
    6_921_720_704,
    { ...falcon, hiddenSize: 4544, ...heads(71, 1, 64), intermediateSize: 18176, vocabSize: 65024, normsPerLayer: 1 },
  ],
  [
    'BLOOM 176B, a norm behind the embedding',
    176_247_271_424,
    {
      ...gptNeox,
      hiddenSize: 14336,
      numLayers: 70,
      ...heads(112, 112, 128),
      intermediateSize: 57344,
      vocabSize: 250880,
      tieWordEmbeddings: true,
      peculiarities: ['embedding-norm'],
    },
  ],
  ['Mixtral 8x7B', 46_702_792_704, mixtral8x7b],
  ['Qwen3 30B-A3B', 30_532_122_624, qwen3Moe30b],
];

test.each(published)('%s has the published %d parameters', (_name, total, shape) => {
  expect(countParameters(shape, full).total).toBe(total);
});

describe('a mixture of experts', () => {
  test('Mixtral 8x7B works with 12.9 B parameters on a token', () => {
    expect(countParameters(mixtral8x7b, full).active).toBe(12_879_925_248);
  });

  test('Qwen3 30B-A3B works with 3.35 B parameters on a token', () => {
    expect(countParameters(qwen3Moe30b, full).active / 1e9).toBeCloseTo(3.35, 2);
  });

  test('layers before and between the expert layers have a plain MLP', () => {
    const { layers } = parameterGroups({ ...mistral, moe: experts(8, 2, 1024, 29) });
    expect(layers.map(({ count, denseMlp, numExperts }) => ({ count, denseMlp, numExperts }))).toEqual([
      { count: 3, denseMlp: 3 * 4096 * 14336, numExperts: 0 },
      { count: 29, denseMlp: 0, numExperts: 8 },
    ]);
  });

  test('shared experts work on every token', () => {
    const shared = { ...experts(64, 6, 1408, 32), sharedExperts: 2, sharedIntermediateSize: 1408 };
    const more = countParameters({ ...llama, moe: shared }, full);
    const less = countParameters({ ...llama, moe: { ...shared, sharedExperts: 0 } }, full);
    expect(more.total - less.total).toBe(32 * 2 * 3 * 4096 * 1408);
    expect(more.active - less.active).toBe(more.total - less.total);
  });
});

describe('any model', () => {
  const anyMoe = fc.record({
    numExperts: fc.integer({ min: 2, max: 64 }),
    expertsPerToken: fc.integer({ min: 1, max: 2 }),
    intermediateSize: fc.integer({ min: 1, max: 4096 }),
    sharedExperts: fc.integer({ min: 0, max: 2 }),
    sharedIntermediateSize: fc.integer({ min: 1, max: 4096 }),
    expertLayers: fc.integer({ min: 1, max: 4 }),
  });
  const anyModel: fc.Arbitrary<ModelShape> = fc.record({
    hiddenSize: fc.integer({ min: 1, max: 16384 }),
    numLayers: fc.integer({ min: 4, max: 128 }),
    numAttentionHeads: fc.integer({ min: 1, max: 128 }),
    numKeyValueHeads: fc.integer({ min: 1, max: 128 }),
    headDim: fc.integer({ min: 1, max: 256 }),
    intermediateSize: fc.integer({ min: 1, max: 65536 }),
    gatedMlp: fc.boolean(),
    vocabSize: fc.integer({ min: 1, max: 300_000 }),
    tieWordEmbeddings: fc.boolean(),
    learnedPositions: fc.integer({ min: 0, max: 8192 }),
    norm: fc.constantFrom('rmsnorm', 'layernorm'),
    normsPerLayer: fc.integer({ min: 1, max: 4 }),
    qkNorm: fc.boolean(),
    qkvBias: fc.boolean(),
    attentionOutputBias: fc.boolean(),
    mlpBias: fc.boolean(),
    moe: fc.option(anyMoe),
  });
  const dimensions = [
    'hiddenSize',
    'numLayers',
    'numAttentionHeads',
    'numKeyValueHeads',
    'headDim',
    'vocabSize',
    'learnedPositions',
    'normsPerLayer',
  ] as const;

  test.each(dimensions)('grows with its %s', (dimension) => {
    fc.assert(
      fc.property(anyModel, (model) => {
        const larger = { ...model, [dimension]: model[dimension] + 1 };
        expect(countParameters(larger, full).total).toBeGreaterThan(countParameters(model, full).total);
      }),
    );
  });

  test('uses no more parameters on a token than it has, and trains all of them in a full training', () => {
    fc.assert(
      fc.property(anyModel, (model) => {
        const { total, active, trainable } = countParameters(model, full);
        expect(active).toBeLessThanOrEqual(total);
        expect(active > 0 && Number.isInteger(total)).toBe(true);
        expect(trainable).toBe(total);
      }),
    );
  });

  test('saves vocabulary × hidden size by tying the head to the embedding', () => {
    fc.assert(
      fc.property(anyModel, (model) => {
        const untied = countParameters({ ...model, tieWordEmbeddings: false }, full).total;
        const tied = countParameters({ ...model, tieWordEmbeddings: true }, full).total;
        expect(untied - tied).toBe(model.vocabSize * model.hiddenSize);
      }),
    );
  });
});
