import { layerStack, type Layers } from '../../run/layer-stack.ts';
import { attentionWidths, has } from '../../run/matrices.ts';
import { isRecurrence, mixerParts } from '../../run/mixers/index.ts';
import type { ModelShape } from '../../run/model-shape.ts';
import type { ParameterCount } from '../../run/parameters.ts';
import type { Training } from '../../run/training.ts';
import { layerMatrixParameters, matrixParameters } from './matrix-parameters.ts';
import { recomputedShares } from './recompute.ts';
import { sourceTokens } from '../tower-tokens.ts';
import { towerFlopsPerToken } from './tower-flops.ts';

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
  const towers = towerFlopsPerToken(model, training);
  // A frozen decoder passes gradients on, and has none of its own weights.
  if (training.method === 'full' && training.frozenDecoder === true) {
    return 4 * matrices + 3 * attentionFlops(model, training) + towers;
  }
  if (training.method === 'full') return 3 * forward + reference + towers;
  const adapters = parameters.trainable * (parameters.active / parameters.total);
  return 4 * matrices + 6 * adapters + 3 * attentionFlops(model, training) + reference + towers;
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

/** Scores and values of all layers, and the scans of those without softmax, forwards. */
export function attentionFlops(model: ModelShape, training: Training): number {
  return layerStack(model).reduce((sum, layers) => sum + layers.count * mixingFlops(layers, training), 0);
}

/** One layer's. Cross attention reads all that a tower gives, without a causal half. */
function mixingFlops({ mixers, shape, window }: Layers, training: Training): number {
  return mixers.reduce((sum, mixer) => {
    if (isRecurrence(mixer)) return sum + mixerParts(shape, mixer).scanFlops;
    if (mixer === 'cross_attention') return sum + 4 * attentionWidths(shape).query * sourceTokens(shape, training);
    const indexer = shape.latentAttention?.indexer;
    const attended = meanAttended(training, indexer?.topTokens ?? window);
    const sides = has(shape, 'bidirectional') ? 2 : 1;
    const picking = indexer === undefined ? 0 : 2 * indexer.heads * indexer.headDim * meanAttended(training, null);
    return sum + 2 * scoreAndValueWidth(shape) * sides * attended + picking;
  }, 0);
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
