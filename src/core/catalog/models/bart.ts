import { encoderDecoder, type StackSizes } from '../encoder-decoder.ts';
import { gpt, modelFamily, type CatalogModel } from '../model-family.ts';

const family = { ...gpt, tieWordEmbeddings: true, normsPerLayer: 3 } as const;
const bart = modelFamily('bart', family);
const whisper = modelFamily('whisper', family);

interface WhisperVersion {
  readonly bands?: number;
  readonly vocabSize?: number;
  /** As many as in the encoder by default. */
  readonly decoderLayers?: number;
}

const english: WhisperVersion = { vocabSize: 51864 };
const version3: WhisperVersion = { bands: 128, vocabSize: 51866 };

/** BART, and Whisper, whose encoder listens. */
export const bartModels: readonly CatalogModel[] = [
  whisperModel('distil-whisper/distil-large-v3', 756_405_760, [1280, 32, 20], { ...version3, decoderLayers: 2 }),
  bartModel('facebook/bart-base', 139_420_416, [768, 6, 12]),
  bartModel('facebook/bart-large', 406_291_456, [1024, 12, 16]),
  bartModel('facebook/bart-large-cnn', 406_290_432, [1024, 12, 16], 50264),
  whisperModel('openai/whisper-base', 72_593_920, [512, 6, 8]),
  whisperModel('openai/whisper-base.en', 72_593_408, [512, 6, 8], english),
  whisperModel('openai/whisper-large', 1_543_304_960, [1280, 32, 20]),
  whisperModel('openai/whisper-large-v2', 1_543_304_960, [1280, 32, 20]),
  whisperModel('openai/whisper-large-v3', 1_543_490_560, [1280, 32, 20], version3),
  whisperModel('openai/whisper-large-v3-turbo', 808_878_080, [1280, 32, 20], { ...version3, decoderLayers: 4 }),
  whisperModel('openai/whisper-medium', 763_857_920, [1024, 24, 16]),
  whisperModel('openai/whisper-medium.en', 763_856_896, [1024, 24, 16], english),
  whisperModel('openai/whisper-small', 241_734_912, [768, 12, 12]),
  whisperModel('openai/whisper-small.en', 241_734_144, [768, 12, 12], english),
  whisperModel('openai/whisper-tiny', 37_760_640, [384, 4, 6]),
  whisperModel('openai/whisper-tiny.en', 37_760_256, [384, 4, 6], english),
];

/** As many layers and heads in the encoder; MLPs four times as wide. */
type Sizes = readonly [hiddenSize: number, numLayers: number, heads: number];

/** Positions two more than the 1024 of its longest text, and a norm behind the embedding of each stack. */
function bartModel(id: string, total: number, sizes: Sizes, vocabSize = 50265): CatalogModel {
  const stack = stackOf(sizes);
  const encoder = { finalNorm: false, embeddingParameters: 1028 * stack.hiddenSize };
  return encoderDecoder(bart, { id, total, vocabSize }, stack, encoder, {
    learnedPositions: 1026,
    peculiarities: ['embedding-norm', 'no-final-norm'],
  });
}

/** Two convolutions over mel bands, 1500 fixed positions of 30 seconds, keys without a bias (arXiv 2212.04356 §2.2). */
function whisperModel(
  id: string,
  total: number,
  sizes: Sizes,
  { bands = 80, vocabSize = 51865, decoderLayers = sizes[1] }: WhisperVersion = {},
): CatalogModel {
  const stack = stackOf(sizes);
  const { hiddenSize: h } = stack;
  const convolutions = (3 * bands + 1) * h + (3 * h + 1) * h;
  const encoder = { tokens: 1500, keyBias: false, embeddingParameters: convolutions + 1500 * h };
  return encoderDecoder(whisper, { id, total, vocabSize }, stack, encoder, {
    numLayers: decoderLayers,
    layers: [{ count: decoderLayers, mixers: ['attention', 'cross_attention'] }],
    learnedPositions: 448,
    peculiarities: ['unbiased-keys'],
  });
}

function stackOf([hiddenSize, numLayers, numAttentionHeads]: Sizes): StackSizes {
  return { hiddenSize, numLayers, numAttentionHeads, intermediateSize: 4 * hiddenSize };
}
