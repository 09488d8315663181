import { remembered } from './remembered.ts';
import type { Tower } from './tower.ts';
import type { ModelShape } from './model-shape.ts';

/** A tower as a model of its own: layers like any other's, and neither vocabulary nor head. */
export const towerShape = remembered(shapeOf);

function shapeOf(tower: Tower): ModelShape {
  const { hiddenSize, numLayers, numAttentionHeads, intermediateSize } = tower;
  const bias = tower.attentionBias ?? true;
  return {
    hiddenSize,
    numLayers,
    numAttentionHeads,
    numKeyValueHeads: tower.numKeyValueHeads ?? numAttentionHeads,
    headDim: tower.headDim ?? hiddenSize / numAttentionHeads,
    intermediateSize,
    gatedMlp: tower.gatedMlp ?? false,
    vocabSize: 0,
    tieWordEmbeddings: true,
    learnedPositions: 0,
    norm: tower.norm ?? 'layernorm',
    normsPerLayer: tower.normsPerLayer ?? 2,
    qkNorm: tower.qkNorm ?? false,
    qkvBias: bias,
    attentionOutputBias: tower.attentionOutputBias ?? bias,
    mlpBias: tower.mlpBias ?? true,
    moe: null,
    layers: [{ count: numLayers, otherParameters: tower.otherLayerParameters ?? 0 }],
    peculiarities: [
      ...(tower.keyBias === false ? (['unbiased-keys'] as const) : []),
      ...(tower.finalNorm === false ? (['no-final-norm'] as const) : []),
    ],
  };
}
