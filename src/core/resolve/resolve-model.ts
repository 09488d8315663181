import { findModel } from '../catalog/model.ts';
import type { RunField } from '../run/fields.ts';
import type { LayerKind } from '../run/layer-kind.ts';
import type { LatentAttention, ModelShape, MoeShape, Peculiarity } from '../run/training-run.ts';
import type { Ledger } from './ledger.ts';
import { mixersOf } from './resolve-mixers.ts';
import { withFrozenTowers } from './resolve-towers.ts';

/** What a decoder cannot be counted without. */
const needed = [
  'model.hidden_size',
  'model.num_layers',
  'model.num_attention_heads',
  'model.vocab_size',
] as const satisfies readonly RunField[];

/** The model's dimensions: those the config states, else the catalog's for the model that it names; null when neither. */
export function resolveModel(ledger: Ledger): ModelShape | null {
  const model = dimensionsOf(ledger);
  return model === null ? null : withFrozenTowers(ledger, model);
}

function dimensionsOf(ledger: Ledger): ModelShape | null {
  const id = ledger.stated('model.id');
  const layers = ledger.stated('model.layers');
  const missing = needed.filter((field) => ledger.facts[field] === undefined && !followsFrom(layers, field));
  if (missing.length === 0) return isUndescribed(ledger, layers) ? null : shapeOf(ledger, layers);
  if (id !== null && missing.length === needed.length) return lookUp(id, ledger);
  ledger.cannotKnow(
    'parameters',
    id === null && missing.length === needed.length
      ? 'the config describes no model; state model dimensions or model.id'
      : `the config states no ${missing.join(', ')}`,
  );
  return null;
}

/** An MLP of two matrices instead of three is a third less: of a type that nobody has described it is not assumed. */
function isUndescribed(ledger: Ledger, layers: readonly LayerKind[] | null): boolean {
  const type = ledger.stated('model.unknown_type');
  if (type === null || layers?.every(({ mlp }) => mlp === 'none') === true) return false;
  const missing = (['model.gated_mlp', 'model.intermediate_size'] as const).filter((field) => {
    return ledger.facts[field] === undefined;
  });
  if (missing.length === 0) return false;
  ledger.cannotKnow(
    'parameters',
    `the model type ${type} is not known, and its config does not tell ${missing.join(', ')}; state that under policy assumptions`,
  );
  return true;
}

/** Layers that are listed add up, and need no heads where none of them has attention. */
function followsFrom(layers: readonly LayerKind[] | null, field: (typeof needed)[number]): boolean {
  if (layers === null) return false;
  if (field === 'model.num_layers') return true;
  const heads = layers.every(({ mixers = ['attention'], numAttentionHeads }) => {
    return (
      numAttentionHeads !== undefined || !mixers.some((name) => name === 'attention' || name === 'cross_attention')
    );
  });
  return field === 'model.num_attention_heads' && heads;
}

function lookUp(id: string, ledger: Ledger): ModelShape | null {
  const known = findModel(id);
  if (known !== null) return known.shape;
  ledger.cannotKnow(
    'parameters',
    `the catalog does not know the model ${id}; state its dimensions under policy assumptions, or commit its config.json`,
  );
  return null;
}

function shapeOf(ledger: Ledger, layers: readonly LayerKind[] | null): ModelShape | null {
  const hiddenSize = ledger.stated('model.hidden_size') ?? 0;
  const numLayers = numLayersOf(ledger, layers);
  const numAttentionHeads = ledger.stated('model.num_attention_heads') ?? 1;
  const latentAttention = latentAttentionOf(ledger);
  const headDim =
    latentAttention === null
      ? (ledger.stated('model.head_dim') ?? hiddenSize / numAttentionHeads)
      : latentAttention.plainHeadDim + latentAttention.ropeHeadDim;
  if (!Number.isInteger(headDim)) {
    ledger.problem(
      'contradiction',
      'model.num_attention_heads',
      `${numAttentionHeads} heads do not divide the hidden size of ${hiddenSize}.`,
      'Make hidden_size a multiple of the heads, or state head_dim.',
    );
    ledger.cannotKnow('parameters', 'the attention heads do not divide the hidden size');
    return null;
  }
  const moe = moeOf(ledger, numLayers);
  const stack = stackOf(ledger, layers, moe, { hiddenSize, numAttentionHeads });
  if (stack === null) return null;
  const norm = ledger.value('model.norm', 'rmsnorm', 'not stated; most decoders since 2023 use it');
  const attentionBias = ledger.valueOr('model.attention_bias', false);
  const positions = ledger.valueOr('model.position_embedding', 'rope');
  return {
    hiddenSize,
    numLayers,
    numAttentionHeads,
    numKeyValueHeads: ledger.valueOr('model.num_key_value_heads', numAttentionHeads),
    headDim,
    intermediateSize: ledger.value('model.intermediate_size', 4 * hiddenSize, 'not stated; 4 × hidden_size'),
    gatedMlp: ledger.value('model.gated_mlp', false, 'not stated; two MLP matrices'),
    vocabSize: ledger.stated('model.vocab_size') ?? 0,
    tieWordEmbeddings: ledger.value('model.tie_word_embeddings', false, 'not stated; a head of its own'),
    learnedPositions: positions === 'learned' ? learnedPositions(ledger) : 0,
    norm,
    normsPerLayer: ledger.valueOr('model.norms_per_layer', 2),
    qkNorm: ledger.valueOr('model.qk_norm', false),
    qkvBias: ledger.stated('model.qkv_bias') ?? attentionBias,
    attentionOutputBias: ledger.stated('model.attention_output_bias') ?? attentionBias,
    mlpBias: ledger.valueOr('model.mlp_bias', false),
    moe,
    ...stack,
    ...besideLayers(ledger),
    ...peculiaritiesOf(ledger),
    ...slidingWindowOf(ledger),
    ...(latentAttention === null ? {} : { latentAttention }),
  };
}

/** Layers that are listed add up to the number of layers, where both are stated. */
function numLayersOf(ledger: Ledger, layers: readonly LayerKind[] | null): number {
  const stated = ledger.stated('model.num_layers');
  if (layers === null) return stated ?? 0;
  const listed = layers.reduce((sum, { count }) => sum + count, 0);
  if (stated !== null && stated !== listed) {
    ledger.problem(
      'contradiction',
      'model.layers',
      `The layers that are listed are ${listed}, and num_layers says ${stated}.`,
      'Make the counts of model.layers add up to num_layers, or leave num_layers out.',
    );
  }
  return listed;
}

/** The listed layers with the dimensions of their mixers; of a mixture of experts, how many have any. */
function stackOf(
  ledger: Ledger,
  layers: readonly LayerKind[] | null,
  moe: MoeShape | null,
  sizes: { readonly hiddenSize: number; readonly numAttentionHeads: number },
): Partial<ModelShape> | null {
  if (layers === null) return {};
  const mixers = mixersOf(ledger, layers, sizes);
  if (mixers === null) return null;
  const expertLayers = layers.reduce((sum, { count, mlp }) => sum + (mlp === 'experts' ? count : 0), 0);
  if (expertLayers > 0 && moe === null) {
    ledger.cannotKnow('parameters', 'layers with experts need model.moe.num_experts and model.moe.intermediate_size');
    return null;
  }
  return { layers, ...mixers, ...(moe === null ? {} : { moe: { ...moe, expertLayers } }) };
}

/** What stands in front of the layers and behind them. */
function besideLayers(ledger: Ledger): Partial<ModelShape> {
  const towers = ledger.stated('model.towers');
  const extraPredictions = ledger.stated('model.num_nextn_predict_layers');
  const embeddingSize = ledger.stated('model.embedding_size');
  const otherParameters = ledger.stated('model.other_parameters');
  return {
    ...(towers === null ? {} : { towers }),
    ...(extraPredictions === null ? {} : { extraPredictions }),
    ...(embeddingSize === null ? {} : { embeddingSize }),
    ...(otherParameters === null ? {} : { otherParameters }),
  };
}

/** The head sizes of DeepSeek-V2 and V3 where a config states the ranks alone (arXiv 2405.04434 §3.1.2). */
function latentAttentionOf(ledger: Ledger): LatentAttention | null {
  const keyValueRank = ledger.stated('model.mla.kv_lora_rank');
  if (keyValueRank === null) return null;
  const reason = 'not stated; as in DeepSeek-V2 and V3';
  return {
    keyValueRank,
    queryRank: ledger.valueOr('model.mla.q_lora_rank', 0),
    plainHeadDim: ledger.value('model.mla.qk_nope_head_dim', 128, reason),
    ropeHeadDim: ledger.value('model.mla.qk_rope_head_dim', 64, reason),
    valueHeadDim: ledger.value('model.mla.v_head_dim', 128, reason),
    ...indexerOf(ledger),
  };
}

function indexerOf(ledger: Ledger): Pick<LatentAttention, 'indexer'> {
  const heads = ledger.stated('model.mla.index_n_heads');
  if (heads === null) return {};
  const reason = 'not stated; as in DeepSeek-V3.2';
  const headDim = ledger.value('model.mla.index_head_dim', 128, reason);
  return { indexer: { heads, headDim, topTokens: ledger.value('model.mla.index_topk', 2048, reason) } };
}

function slidingWindowOf(ledger: Ledger): Pick<ModelShape, 'slidingWindow'> {
  const tokens = ledger.stated('model.sliding_window');
  return tokens === null ? {} : { slidingWindow: { tokens, fullEvery: ledger.stated('model.full_attention_every') } };
}

/** What a field must be for the model to have a peculiarity, where most models have it otherwise. */
const peculiar = [
  ['model.norm_weights', false, 'weightless-norm'],
  ['model.norm_bias', false, 'bias-free-norm'],
  ['model.final_norm', false, 'no-final-norm'],
  ['model.embedding_norm', true, 'embedding-norm'],
  ['model.qk_norm_all_heads', true, 'full-width-qk-norm'],
  ['model.head_bias', true, 'head-bias'],
  ['model.key_bias', false, 'unbiased-keys'],
  ['model.attention_gate', true, 'attention-gate'],
  ['model.attention_sinks', true, 'attention-sinks'],
  ['model.keys_as_values', true, 'keys-as-values'],
  ['model.causal', false, 'bidirectional'],
  ['model.moe.router_bias', true, 'router-bias'],
  ['model.moe.shared_expert_gate', true, 'shared-expert-gate'],
] as const satisfies readonly (readonly [RunField, boolean, Peculiarity])[];

function peculiaritiesOf(ledger: Ledger): Pick<ModelShape, 'peculiarities'> {
  const peculiarities = peculiar
    .filter(([field, value]) => ledger.stated(field) === value)
    .map(([, , peculiarity]) => peculiarity);
  return peculiarities.length === 0 ? {} : { peculiarities };
}

function learnedPositions(ledger: Ledger): number {
  const positions = ledger.stated('model.max_position_embeddings') ?? ledger.stated('training.sequence_length');
  if (positions !== null) return positions;
  ledger.cannotKnow('model.max_position_embeddings', 'learned positions need the longest sequence to be counted');
  return 0;
}

function moeOf(ledger: Ledger, numLayers: number): MoeShape | null {
  const numExperts = ledger.stated('model.moe.num_experts');
  if (numExperts === null) return null;
  const expertsPerToken = ledger.value('model.moe.experts_per_token', 2, 'not stated; top-2 routing');
  if (expertsPerToken > numExperts) {
    ledger.problem(
      'contradiction',
      'model.moe.experts_per_token',
      `A token cannot visit ${expertsPerToken} of ${numExperts} experts.`,
      'State at most num_experts.',
    );
  }
  const dense = ledger.valueOr('model.moe.first_dense_layers', 0);
  // DeepSeek counts from the first expert layer, Qwen and Jamba every n-th: both leave ⌊(layers − dense) / every⌋.
  const expertLayers = Math.max(0, Math.floor((numLayers - dense) / Math.max(1, ledger.valueOr('model.moe.every', 1))));
  const intermediateSize =
    ledger.stated('model.moe.intermediate_size') ??
    ledger.value(
      'model.intermediate_size',
      4 * (ledger.stated('model.hidden_size') ?? 0),
      'not stated; 4 × hidden_size',
    );
  const capacityFactor = ledger.stated('model.moe.capacity_factor');
  return {
    numExperts,
    expertsPerToken: Math.min(expertsPerToken, numExperts),
    intermediateSize,
    sharedExperts: ledger.valueOr('model.moe.shared_experts', 0),
    sharedIntermediateSize: ledger.stated('model.moe.shared_intermediate_size') ?? intermediateSize,
    expertLayers,
    ...(capacityFactor === null ? {} : { capacityFactor }),
  };
}
