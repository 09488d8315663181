import { attentionWidths } from '../../run/matrices.ts';
import { parameterGroups } from '../../run/parameters.ts';
import type { ModelShape, ParameterCount, Training } from '../../run/training-run.ts';
import { recomputedShares } from './recompute.ts';

/**
 * Model FLOPs of one trained token, forward and backward; recomputation is not counted (PaLM, arXiv 2204.02311 appendix B).
 * Every matrix that works on the token costs 2 FLOPs a weight forwards and 4 backwards, the head among them, the embedding
 * not; attention 4·q FLOPs a layer for each token attended to, of which causal attention has half (arXiv 2205.14135 §3.1).
 * Frozen matrices need no gradient of their weights: 4 instead of 6 (LoRA, arXiv 2106.09685 §4.2). The reference model of
 * preference training adds one forward pass.
 */
export function flopsPerToken(model: ModelShape, parameters: ParameterCount, training: Training): number {
  const matrices = matrixParameters(model);
  const forward = 2 * matrices + attentionFlops(model, training);
  const reference = training.referenceModel ? forward : 0;
  if (training.method === 'full') return 3 * forward + reference;
  const adapters = parameters.trainable * (parameters.active / parameters.total);
  return 4 * matrices + 6 * adapters + 3 * attentionFlops(model, training) + reference;
}

/** FLOPs that the GPU does for one token: the model's, and the layers that activation checkpointing runs a second time. */
export function hardwareFlopsPerToken(model: ModelShape, parameters: ParameterCount, training: Training): number {
  const recomputed = recomputedShares(model, training);
  return (
    flopsPerToken(model, parameters, training) +
    recomputed.matrices * 2 * layerMatrixParameters(model) +
    recomputed.attention * attentionFlops(model, training)
  );
}

/** Scores and values of all layers, forwards. */
export function attentionFlops(model: ModelShape, training: Training): number {
  const windowed = model.slidingWindow;
  const everywhere = meanAttended(training, null);
  const width = scoreAndValueWidth(model);
  if (windowed === undefined) return 2 * width * model.numLayers * everywhere;
  const fullLayers = windowed.fullEvery === null ? 0 : Math.floor(model.numLayers / windowed.fullEvery);
  const attended = fullLayers * everywhere + (model.numLayers - fullLayers) * meanAttended(training, windowed.tokens);
  return 2 * width * attended;
}

/** Multiplications of one query with one key and of its share with one value, over all heads; they differ in latent attention. */
function scoreAndValueWidth(model: ModelShape): number {
  const latent = model.latentAttention;
  if (latent === undefined) return 2 * attentionWidths(model).query;
  return model.numAttentionHeads * (latent.plainHeadDim + latent.ropeHeadDim + latent.valueHeadDim);
}

/**
 * Tokens that one token attends to, averaged over a sequence of s: s/2 with a causal mask, w − w²/2s in a window of w;
 * in packed documents that do not see each other s is the length of a document.
 */
export function meanAttended(training: Training, window: number | null): number {
  const length = Math.min(training.sequenceLength, training.meanDocumentLength ?? training.sequenceLength);
  const reach = Math.min(window ?? length, length);
  return reach - reach ** 2 / (2 * length);
}

/** Weights of the matrices that one token passes through, the head included. */
export function matrixParameters(model: ModelShape): number {
  return layerMatrixParameters(model) + model.vocabSize * model.hiddenSize;
}

/** The same without the head. */
export function layerMatrixParameters(model: ModelShape): number {
  const groups = parameterGroups(model);
  const expertLayer = groups.router + groups.expertsPerToken * groups.expert + groups.sharedExperts;
  return (
    groups.layers * (groups.queryOutput + groups.keyValue + groups.latent) +
    groups.denseLayers * groups.denseMlp +
    groups.expertLayers * expertLayer
  );
}
