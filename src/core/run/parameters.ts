import { adapterParameters } from './adapter.ts';
import { layerStack, type Layers } from './layer-stack.ts';
import {
  attentionMatrices,
  attentionWidths,
  has,
  latentMatrices,
  mlpMatrices,
  weights,
  type Matrix,
} from './matrices.ts';
import { crossAttentionMatrices, crossAttentionVectors } from './mixers/cross-attention.ts';
import { isRecurrence, mixerParts } from './mixers/index.ts';
import { remembered } from './remembered.ts';
import type { Tower } from './tower.ts';
import { towerShape } from './tower-shape.ts';
import type { ModelShape, MoeShape } from './model-shape.ts';
import type { Training } from './training.ts';

/** Trained, total and per-token parameters. */
export interface ParameterCount {
  readonly total: number;
  /** Parameters that work on one token: all but the experts that it does not visit. */
  readonly active: number;
  /** Parameters with a gradient; where nobody knows which are trained, those that could be. */
  readonly trainable: number;
}

/**
 * Parameters of a model, exact from its shapes. `active` takes the experts that one token visits, embedding included, as
 * the Mixtral paper counts it (arXiv 2401.04088, section 2). `trainable` is all but frozen towers, or the adapters; LoRA
 * without an adapter counts as training everything, too much rather than too little.
 */
export function countParameters(
  model: ModelShape,
  { method, adapter, frozenDecoder = false }: Pick<Training, 'method' | 'adapter' | 'frozenDecoder'>,
): ParameterCount {
  const groups = parameterGroups(model);
  const total = sum(groups, ({ numExperts }) => numExperts);
  const towers = groups.towers.reduce((sum, tower) => sum + tower.layers + tower.projector, 0);
  const trainedTowers = groups.towers.reduce((sum, tower) => sum + tower.trained, 0);
  const trained = frozenDecoder ? trainedTowers : total - towers + trainedTowers;
  return {
    total,
    active: sum(groups, ({ expertsPerToken }) => expertsPerToken),
    trainable: method === 'full' || adapter === null ? trained : adapterParameters(model, adapter),
  };
}

/** Parameters by the way they are divided over GPUs. */
export interface ParameterGroups {
  readonly embedding: number;
  /** Learned positions, and what no field describes. */
  readonly positions: number;
  /** 0 when the head is the embedding. */
  readonly head: number;
  /** Final norm, and the embedding's where there is one. */
  readonly outerNorms: number;
  /** All layers by their kinds. */
  readonly layers: readonly LayerGroups[];
  /** The modules that predict further tokens; they stand with the head. */
  readonly extraPredictions: number;
  readonly towers: readonly TowerGroups[];
}

/** Parameters of one layer, and how many layers have them. */
export interface LayerGroups {
  readonly count: number;
  /** Query and output projections, and those of other mixers: tensor parallelism divides them. */
  readonly queryOutput: number;
  /** Key and value projections: tensor parallelism divides them down to one head a rank. */
  readonly keyValue: number;
  /** Matrices that compress to latent vectors: each tensor rank holds them. */
  readonly latent: number;
  /** Norms, sinks, convolutions, decays: each tensor rank holds them. */
  readonly norms: number;
  /** 0 where the layer has none, or experts instead. */
  readonly denseMlp: number;
  readonly numExperts: number;
  readonly expertsPerToken: number;
  /** One routed expert. */
  readonly expert: number;
  /** All shared experts of a layer. */
  readonly sharedExperts: number;
  /** The router, and the shared experts' gate where there is one: each rank holds them. */
  readonly router: number;
}

/** Parameters of one tower. */
export interface TowerGroups {
  /** Its blocks with what is in front of them and the norm behind. */
  readonly layers: number;
  readonly projector: number;
  /** Of both, those with a gradient. */
  readonly trained: number;
}

/**
 * The groups of a model, each from the shapes of its matrices: projections of Attention Is All You Need (arXiv
 * 1706.03762, section 3), grouped-query attention (2305.13245), gated MLPs (2002.05202), RMSNorm (1910.07467), expert
 * layers (2101.03961, shared experts 2401.06066); other mixers have theirs in mixers/.
 */
export const parameterGroups = remembered(modelGroups);

function modelGroups(model: ModelShape): ParameterGroups {
  const { hiddenSize, vocabSize, embeddingSize = hiddenSize } = model;
  const embedding = vocabSize * embeddingSize;
  // A narrower embedding is joined to the layers by a matrix in front of them and one behind.
  const joints = embeddingSize === hiddenSize ? 0 : 2 * embeddingSize * hiddenSize;
  const headBias = has(model, 'head-bias') ? vocabSize : 0;
  const finalNorms = (has(model, 'no-final-norm') ? 0 : 1) + (has(model, 'embedding-norm') ? 1 : 0);
  const layers = layerStack(model).map(groupsOf);
  return {
    embedding,
    positions: model.learnedPositions * hiddenSize + joints + (model.otherParameters ?? 0),
    head: (model.tieWordEmbeddings ? 0 : embedding) + headBias,
    outerNorms: finalNorms * normParameters(model),
    layers,
    extraPredictions: (model.extraPredictions ?? 0) * predictionParameters(model, layers.at(-1)),
    towers: (model.towers ?? []).map(towerGroups),
  };
}

/** A layer like the last, a matrix that joins the hidden state with the next token's embedding, three norms (arXiv 2412.19437 §2.2). */
function predictionParameters(model: ModelShape, last: LayerGroups | undefined): number {
  const layer = last === undefined ? 0 : layerParameters(last, last.numExperts);
  return layer + 2 * model.hiddenSize ** 2 + 3 * normParameters(model);
}

function towerGroups(tower: Tower): TowerGroups {
  const { embeddingParameters = 0, projectorParameters: projector = 0, frozen = false } = tower;
  const layers = sum(parameterGroups(towerShape(tower)), () => 0) + embeddingParameters;
  const trained = (frozen ? 0 : layers) + (tower.projectorFrozen === true ? 0 : projector);
  return { layers, projector, trained };
}

function sum(groups: ParameterGroups, experts: (layer: LayerGroups) => number): number {
  const outside = groups.embedding + groups.positions + groups.head + groups.outerNorms + groups.extraPredictions;
  const layers = groups.layers.reduce((sum, layer) => sum + layer.count * layerParameters(layer, experts(layer)), 0);
  const towers = groups.towers.reduce((sum, tower) => sum + tower.layers + tower.projector, 0);
  return outside + layers + towers;
}

/** One layer with so many of its experts. */
export function layerParameters(layer: LayerGroups, experts: number): number {
  const { queryOutput, keyValue, latent, norms, denseMlp, router, sharedExperts, expert } = layer;
  return queryOutput + keyValue + latent + norms + denseMlp + router + sharedExperts + experts * expert;
}

function groupsOf(layers: Layers): LayerGroups {
  const { count, mlp, shape, otherParameters } = layers;
  const { moe } = shape;
  const mixers = mixerGroups(layers);
  const experts = mlp === 'experts' ? moe : null;
  return {
    count,
    ...mixers,
    norms: mixers.norms + shape.normsPerLayer * normParameters(shape) + otherParameters,
    denseMlp: mlp === 'dense' ? allWeights(mlpMatrices(shape, shape.intermediateSize)) : 0,
    numExperts: experts?.numExperts ?? 0,
    expertsPerToken: experts?.expertsPerToken ?? 0,
    expert: experts === null ? 0 : allWeights(mlpMatrices(shape, experts.intermediateSize)),
    sharedExperts: experts === null ? 0 : sharedExpertParameters(shape, experts),
    router: experts === null ? 0 : routerParameters(shape, experts),
  };
}

type MixerGroups = Pick<LayerGroups, 'queryOutput' | 'keyValue' | 'latent' | 'norms'>;

function mixerGroups({ mixers, shape, sharesKeyValues }: Layers): MixerGroups {
  return mixers
    .map((name): MixerGroups => {
      if (isRecurrence(name)) {
        const { matrices, vectors } = mixerParts(shape, name);
        return { queryOutput: allWeights(matrices), keyValue: 0, latent: 0, norms: vectors };
      }
      if (name === 'cross_attention') return crossAttentionGroups(shape);
      const groups = attentionGroups(shape);
      return sharesKeyValues ? { ...groups, keyValue: 0 } : groups;
    })
    .reduce(
      (sum, groups) => ({
        queryOutput: sum.queryOutput + groups.queryOutput,
        keyValue: sum.keyValue + groups.keyValue,
        latent: sum.latent + groups.latent,
        norms: sum.norms + groups.norms,
      }),
      { queryOutput: 0, keyValue: 0, latent: 0, norms: 0 },
    );
}

function crossAttentionGroups(model: ModelShape): MixerGroups {
  const cross = model.crossAttention ?? { sourceSize: model.hiddenSize, isGated: false };
  const matrices = crossAttentionMatrices(model, cross);
  const [query, key, value, output] = matrices.map(weights);
  return {
    queryOutput: (query ?? 0) + (output ?? 0),
    keyValue: (key ?? 0) + (value ?? 0),
    latent: 0,
    norms: crossAttentionVectors(model, cross),
  };
}

function attentionGroups(model: ModelShape): MixerGroups {
  const sinks = has(model, 'attention-sinks') ? model.numAttentionHeads : 0;
  const norms = latentNorms(model) + qkNormParameters(model) + sinks;
  const latent = model.latentAttention;
  if (latent === undefined) {
    const [query, key, value, output] = attentionMatrices(model);
    const values = has(model, 'keys-as-values') ? 0 : weights(value);
    return { queryOutput: weights(query) + weights(output), keyValue: weights(key) + values, latent: 0, norms };
  }
  const { down, up, output, indexer } = latentMatrices(model, latent);
  const { headDim } = latent.indexer ?? { headDim: 0 };
  // The indexer's keys have a LayerNorm.
  return {
    queryOutput: allWeights(up) + weights(output),
    keyValue: 0,
    latent: allWeights([...down, ...indexer]),
    norms: norms + 2 * headDim,
  };
}

/** One norm on each compressed vector (arXiv 2405.04434 §2.1 and its released code). */
function latentNorms({ latentAttention: latent }: ModelShape): number {
  return latent === undefined ? 0 : latent.queryRank + latent.keyValueRank;
}

/** One norm over the hidden size: a weight, and a bias for LayerNorm (arXiv 1607.06450). */
function normParameters(model: ModelShape): number {
  if (has(model, 'weightless-norm')) return 0;
  return model.norm === 'layernorm' && !has(model, 'bias-free-norm') ? 2 * model.hiddenSize : model.hiddenSize;
}

function qkNormParameters(model: ModelShape): number {
  if (!model.qkNorm) return 0;
  const { query, keyValue } = attentionWidths(model);
  return has(model, 'full-width-qk-norm') ? query + keyValue : 2 * model.headDim;
}

/** Implementations keep the shared experts as one MLP of their joint width. */
function sharedExpertParameters(model: ModelShape, { sharedExperts, sharedIntermediateSize }: MoeShape): number {
  return sharedExperts === 0 ? 0 : allWeights(mlpMatrices(model, sharedExperts * sharedIntermediateSize));
}

function routerParameters(model: ModelShape, { numExperts }: MoeShape): number {
  return (
    model.hiddenSize * numExperts +
    (has(model, 'router-bias') ? numExperts : 0) +
    (has(model, 'shared-expert-gate') ? model.hiddenSize : 0)
  );
}

function allWeights(matrices: readonly Matrix[]): number {
  return matrices.reduce((total, matrix) => total + weights(matrix), 0);
}
