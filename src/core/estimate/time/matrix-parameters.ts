import { parameterGroups } from '../../run/parameters.ts';
import type { ModelShape } from '../../run/model-shape.ts';

/** Weights of the matrices that one token passes through, the head included. */
export function matrixParameters(model: ModelShape): number {
  return layerMatrixParameters(model) + headParameters(model);
}

/** Weights of the head, once for each token that is predicted. */
export function headParameters({
  vocabSize,
  hiddenSize,
  embeddingSize = hiddenSize,
  extraPredictions = 0,
}: ModelShape): number {
  return vocabSize * embeddingSize * (1 + extraPredictions);
}

/** The same without the head. */
export function layerMatrixParameters(model: ModelShape): number {
  const { layers } = parameterGroups(model);
  const of = (layer: (typeof layers)[number]): number =>
    layer.queryOutput +
    layer.keyValue +
    layer.latent +
    layer.denseMlp +
    layer.router +
    layer.expertsPerToken * layer.expert +
    layer.sharedExperts;
  const last = layers.at(-1);
  // A further token takes a layer like the last and the matrix that joins two hidden states.
  const prediction = last === undefined ? 0 : of(last) + 2 * model.hiddenSize ** 2;
  return layers.reduce((sum, layer) => sum + layer.count * of(layer), 0) + (model.extraPredictions ?? 0) * prediction;
}
