import { attentionWidths } from '../../run/matrices.ts';
import { parameterGroups } from '../../run/parameters.ts';
import type { ModelShape, ParameterCount, Training } from '../../run/training-run.ts';

/**
 * Model FLOPs of one trained token, forward and backward; recomputation is not counted (PaLM, arXiv 2204.02311 appendix B).
 * Every matrix that works on the token costs 2 FLOPs a weight forwards and 4 backwards, the head among them, the embedding
 * not; attention 4·q·s a layer, halved because it is causal (arXiv 2205.14135 §3.1).
 * Frozen matrices need no gradient of their weights: 4 instead of 6 (LoRA, arXiv 2106.09685 §4.2).
 */
export function flopsPerToken(model: ModelShape, parameters: ParameterCount, training: Training): number {
  const attention = 6 * model.numLayers * attentionWidths(model).query * training.sequenceLength;
  const matrices = matrixParameters(model);
  if (training.method === 'full') return 6 * matrices + attention;
  const adapters = parameters.trainable * (parameters.active / parameters.total);
  return 4 * matrices + 6 * adapters + attention;
}

/** Weights of the matrices that one token passes through, the head included. */
export function matrixParameters(model: ModelShape): number {
  const groups = parameterGroups(model);
  const expertLayer = groups.router + groups.expertsPerToken * groups.expert + groups.sharedExperts;
  return (
    groups.layers * (groups.queryOutput + groups.keyValue) +
    groups.denseLayers * groups.denseMlp +
    groups.expertLayers * expertLayer +
    model.vocabSize * model.hiddenSize
  );
}
