import { adapterParameters } from './adapter.ts';
import { attentionMatrices, attentionWidths, latentMatrices, mlpMatrices, weights, type Matrix } from './matrices.ts';
import type { ModelShape, MoeShape, ParameterCount, Peculiarity, Training } from './training-run.ts';

/**
 * Parameters of a model: exact for a decoder-only transformer with grouped-query attention. `active` takes the experts
 * that one token visits, embedding included, as the Mixtral paper counts it (arXiv 2401.04088, section 2).
 * `trainable` is all of them, or the adapters'; LoRA without an adapter counts as training everything, too much rather
 * than too little.
 */
export function countParameters(
  model: ModelShape,
  { method, adapter }: Pick<Training, 'method' | 'adapter'>,
): ParameterCount {
  const groups = parameterGroups(model);
  const total = sum(groups, groups.numExperts);
  return {
    total,
    active: sum(groups, groups.expertsPerToken),
    trainable: method === 'full' || adapter === null ? total : adapterParameters(model, adapter),
  };
}

/** Parameters by the way they are divided over GPUs; a group of a layer is that of one layer. */
export interface ParameterGroups {
  readonly embedding: number;
  readonly positions: number;
  /** 0 when the head is the embedding. */
  readonly head: number;
  /** Final norm, and the embedding's where there is one. */
  readonly outerNorms: number;

  /** All layers, dense ones and those with experts; each has the next three groups. */
  readonly layers: number;
  /** Query and output projections: tensor parallelism divides them. */
  readonly queryOutput: number;
  /** Key and value projections: tensor parallelism divides them down to one head a rank. */
  readonly keyValue: number;
  /** Matrices that compress to latent vectors: each tensor rank holds them. */
  readonly latent: number;
  /** Norms and attention sinks: each tensor rank holds them. */
  readonly norms: number;

  readonly denseLayers: number;
  readonly denseMlp: number;

  readonly expertLayers: number;
  readonly numExperts: number;
  readonly expertsPerToken: number;
  /** One routed expert. */
  readonly expert: number;
  /** All shared experts of a layer. */
  readonly sharedExperts: number;
  /** The router, and the shared experts' gate where there is one: each rank holds them. */
  readonly router: number;
}

/**
 * The groups of a model, each from the shapes of its matrices: projections of Attention Is All You Need (arXiv
 * 1706.03762, section 3), grouped-query attention (2305.13245), gated MLPs (2002.05202), RMSNorm (1910.07467), expert
 * layers (2101.03961, shared experts 2401.06066).
 */
export function parameterGroups(model: ModelShape): ParameterGroups {
  const { hiddenSize, vocabSize, moe } = model;
  const attention = attentionGroups(model);
  const embedding = vocabSize * hiddenSize;
  const headBias = has(model, 'head-bias') ? vocabSize : 0;
  return {
    embedding,
    positions: model.learnedPositions * hiddenSize,
    head: (model.tieWordEmbeddings ? 0 : embedding) + headBias,
    outerNorms: (has(model, 'embedding-norm') ? 2 : 1) * normParameters(model),

    layers: model.numLayers,
    queryOutput: attention.queryOutput,
    keyValue: attention.keyValue,
    latent: attention.latent,
    norms:
      latentNorms(model) +
      model.normsPerLayer * normParameters(model) +
      qkNormParameters(model) +
      (has(model, 'attention-sinks') ? model.numAttentionHeads : 0),

    denseLayers: model.numLayers - (moe?.expertLayers ?? 0),
    denseMlp: allWeights(mlpMatrices(model, model.intermediateSize)),

    expertLayers: moe?.expertLayers ?? 0,
    numExperts: moe?.numExperts ?? 0,
    expertsPerToken: moe?.expertsPerToken ?? 0,
    expert: moe === null ? 0 : allWeights(mlpMatrices(model, moe.intermediateSize)),
    sharedExperts: moe === null ? 0 : sharedExpertParameters(model, moe),
    router: moe === null ? 0 : routerParameters(model, moe),
  };
}

function sum(groups: ParameterGroups, experts: number): number {
  const outside = groups.embedding + groups.positions + groups.head + groups.outerNorms;
  const layer = groups.queryOutput + groups.keyValue + groups.latent + groups.norms;
  const expertLayer = groups.router + experts * groups.expert + groups.sharedExperts;
  return outside + groups.layers * layer + groups.denseLayers * groups.denseMlp + groups.expertLayers * expertLayer;
}

function attentionGroups(model: ModelShape): Pick<ParameterGroups, 'queryOutput' | 'keyValue' | 'latent'> {
  const latent = model.latentAttention;
  if (latent === undefined) {
    const [query, key, value, output] = attentionMatrices(model);
    return { queryOutput: weights(query) + weights(output), keyValue: weights(key) + weights(value), latent: 0 };
  }
  const { down, up, output } = latentMatrices(model, latent);
  return { queryOutput: allWeights(up) + weights(output), keyValue: 0, latent: allWeights(down) };
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

function has(model: ModelShape, peculiarity: Peculiarity): boolean {
  return model.peculiarities?.includes(peculiarity) ?? false;
}
