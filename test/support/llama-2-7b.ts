import type { ModelShape } from '../../src/core/run/model-shape.ts';

/** Llama-2-7B: nothing special in any dimension, and its counts are published (arXiv 2307.09288). */
export const llama2: ModelShape = {
  hiddenSize: 4096,
  numLayers: 32,
  numAttentionHeads: 32,
  numKeyValueHeads: 32,
  headDim: 128,
  intermediateSize: 11008,
  gatedMlp: true,
  vocabSize: 32000,
  tieWordEmbeddings: false,
  learnedPositions: 0,
  norm: 'rmsnorm',
  normsPerLayer: 2,
  qkNorm: false,
  qkvBias: false,
  attentionOutputBias: false,
  mlpBias: false,
  moe: null,
};
