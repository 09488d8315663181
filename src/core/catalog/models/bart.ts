import { gpt, modelFamily, type CatalogModel } from '../model-family.ts';

const family = { ...gpt, tieWordEmbeddings: true, normsPerLayer: 3 } as const;
const bart = modelFamily('bart', family);
const whisper = modelFamily('whisper', family);

/** BART, and Whisper, whose encoder listens. */
export const bartModels: readonly CatalogModel[] = [
  bartModel('facebook/bart-base', 139_420_416, [768, 6, 12]),
  bartModel('facebook/bart-large', 406_291_456, [1024, 12, 16]),
  whisperModel('openai/whisper-base', 72_593_920, [512, 6, 8]),
  whisperModel('openai/whisper-large', 1_543_304_960, [1280, 32, 20]),
  whisperModel('openai/whisper-large-v2', 1_543_304_960, [1280, 32, 20]),
  whisperModel('openai/whisper-large-v3', 1_543_490_560, [1280, 32, 20], { bands: 128, vocabSize: 51866 }),
  whisperModel('openai/whisper-medium', 763_857_920, [1024, 24, 16]),
  whisperModel('openai/whisper-small', 241_734_912, [768, 12, 12]),
  whisperModel('openai/whisper-tiny', 37_760_640, [384, 4, 6]),
];

/** As many layers and heads in the encoder; MLPs four times as wide. */
type Sizes = readonly [hiddenSize: number, numLayers: number, heads: number];

/** Positions two more than the 1024 of its longest text, and a norm behind the embedding of each stack. */
function bartModel(id: string, total: number, [hiddenSize, numLayers, numAttentionHeads]: Sizes): CatalogModel {
  const intermediateSize = 4 * hiddenSize;
  const headDim = hiddenSize / numAttentionHeads;
  const dimensions = [
    hiddenSize,
    numLayers,
    numAttentionHeads,
    numAttentionHeads,
    headDim,
    intermediateSize,
    50265,
  ] as const;
  return bart(id, total, 'recalled', dimensions, {
    learnedPositions: 1026,
    peculiarities: ['embedding-norm', 'no-final-norm'],
    layers: [{ count: numLayers, mixers: ['attention', 'cross_attention'] }],
    crossAttention: { sourceSize: hiddenSize, isGated: false },
    towers: [
      {
        name: 'encoder',
        ...{ hiddenSize, numLayers, numAttentionHeads, intermediateSize, finalNorm: false },
        embeddingParameters: 1028 * hiddenSize,
      },
    ],
  });
}

/** Two convolutions over mel bands, 1500 fixed positions of 30 seconds, keys without a bias (arXiv 2212.04356 §2.2). */
function whisperModel(
  id: string,
  total: number,
  [hiddenSize, numLayers, numAttentionHeads]: Sizes,
  { bands, vocabSize } = { bands: 80, vocabSize: 51865 },
): CatalogModel {
  const intermediateSize = 4 * hiddenSize;
  const headDim = hiddenSize / numAttentionHeads;
  const dimensions = [
    hiddenSize,
    numLayers,
    numAttentionHeads,
    numAttentionHeads,
    headDim,
    intermediateSize,
    vocabSize,
  ] as const;
  return whisper(id, total, 'recalled', dimensions, {
    learnedPositions: 448,
    peculiarities: ['unbiased-keys'],
    layers: [{ count: numLayers, mixers: ['attention', 'cross_attention'] }],
    crossAttention: { sourceSize: hiddenSize, isGated: false },
    towers: [
      {
        name: 'encoder',
        ...{ hiddenSize, numLayers, numAttentionHeads, intermediateSize, tokens: 1500, keyBias: false },
        embeddingParameters: (3 * bands + 1) * hiddenSize + (3 * hiddenSize + 1) * hiddenSize + 1500 * hiddenSize,
      },
    ],
  });
}
