import { findModel } from '../catalog/model.ts';
import type { RunField } from '../run/fields.ts';
import type { LatentAttention, ModelShape, MoeShape, Peculiarity } from '../run/training-run.ts';
import type { Ledger } from './ledger.ts';

/** What a decoder cannot be counted without. */
const needed = [
  'model.hidden_size',
  'model.num_layers',
  'model.num_attention_heads',
  'model.vocab_size',
] as const satisfies readonly RunField[];

/** The model's dimensions: those the config states, else the catalog's for the model that it names; null when neither. */
export function resolveModel(ledger: Ledger): ModelShape | null {
  const id = ledger.stated('model.id');
  const missing = needed.filter((field) => ledger.facts[field] === undefined);
  if (missing.length === 0) return shapeOf(ledger);
  if (id !== null && missing.length === needed.length) return lookUp(id, ledger);
  ledger.cannotKnow(
    'parameters',
    id === null && missing.length === needed.length
      ? 'the config describes no model; state model dimensions or model.id'
      : `the config states no ${missing.join(', ')}`,
  );
  return null;
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

function shapeOf(ledger: Ledger): ModelShape | null {
  const hiddenSize = ledger.stated('model.hidden_size') ?? 0;
  const numLayers = ledger.stated('model.num_layers') ?? 0;
  const numAttentionHeads = ledger.stated('model.num_attention_heads') ?? 0;
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
    normsPerLayer: 2,
    qkNorm: ledger.valueOr('model.qk_norm', false),
    qkvBias: attentionBias || ledger.valueOr('model.qkv_bias', false),
    attentionOutputBias: attentionBias,
    mlpBias: ledger.valueOr('model.mlp_bias', false),
    moe: moeOf(ledger, numLayers),
    ...peculiaritiesOf(ledger),
    ...slidingWindowOf(ledger),
    ...(latentAttention === null ? {} : { latentAttention }),
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
  };
}

function slidingWindowOf(ledger: Ledger): Pick<ModelShape, 'slidingWindow'> {
  const tokens = ledger.stated('model.sliding_window');
  return tokens === null ? {} : { slidingWindow: { tokens, fullEvery: ledger.stated('model.full_attention_every') } };
}

/** Norms and routers that are not as most models have them. */
function peculiaritiesOf(ledger: Ledger): Pick<ModelShape, 'peculiarities'> {
  const peculiarities: Peculiarity[] = [];
  if (!ledger.valueOr('model.norm_weights', true)) peculiarities.push('weightless-norm');
  if (ledger.valueOr('model.qk_norm_all_heads', false)) peculiarities.push('full-width-qk-norm');
  if (ledger.valueOr('model.moe.router_bias', false)) peculiarities.push('router-bias');
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
  const expertLayers = Math.max(0, Math.floor((numLayers - dense) / ledger.valueOr('model.moe.every', 1)));
  const intermediateSize =
    ledger.stated('model.moe.intermediate_size') ??
    ledger.value(
      'model.intermediate_size',
      4 * (ledger.stated('model.hidden_size') ?? 0),
      'not stated; 4 × hidden_size',
    );
  return {
    numExperts,
    expertsPerToken: Math.min(expertsPerToken, numExperts),
    intermediateSize,
    sharedExperts: ledger.valueOr('model.moe.shared_experts', 0),
    sharedIntermediateSize: ledger.stated('model.moe.shared_intermediate_size') ?? intermediateSize,
    expertLayers,
  };
}
