import { encoderDecoder, type StackSizes } from '../encoder-decoder.ts';
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
function bartModel(id: string, total: number, sizes: Sizes): CatalogModel {
  const stack = stackOf(sizes);
  const encoder = { finalNorm: false, embeddingParameters: 1028 * stack.hiddenSize };
  return encoderDecoder(bart, { id, total, vocabSize: 50265 }, stack, encoder, {
    learnedPositions: 1026,
    peculiarities: ['embedding-norm', 'no-final-norm'],
  });
}

/** Two convolutions over mel bands, 1500 fixed positions of 30 seconds, keys without a bias (arXiv 2212.04356 §2.2). */
function whisperModel(
  id: string,
  total: number,
  sizes: Sizes,
  { bands, vocabSize } = { bands: 80, vocabSize: 51865 },
): CatalogModel {
  const stack = stackOf(sizes);
  const { hiddenSize: h } = stack;
  const convolutions = (3 * bands + 1) * h + (3 * h + 1) * h;
  const encoder = { tokens: 1500, keyBias: false, embeddingParameters: convolutions + 1500 * h };
  return encoderDecoder(whisper, { id, total, vocabSize }, stack, encoder, {
    learnedPositions: 448,
    peculiarities: ['unbiased-keys'],
  });
}

function stackOf([hiddenSize, numLayers, numAttentionHeads]: Sizes): StackSizes {
  return { hiddenSize, numLayers, numAttentionHeads, intermediateSize: 4 * hiddenSize };
}
