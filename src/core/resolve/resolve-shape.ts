import type { LayerKind } from '../run/layer-kind.ts';
import type { ModelShape, MoeShape } from '../run/model-shape.ts';
import type { Ledger } from './ledger.ts';
import { moeOf } from './resolve-experts.ts';
import { latentAttentionOf } from './resolve-latent-attention.ts';
import { mixersOf } from './resolve-mixers.ts';
import { peculiaritiesOf } from './resolve-peculiarities.ts';

/** A model of which the config states what it cannot be counted without; null where its parts do not fit together. */
export function shapeOf(ledger: Ledger, layers: readonly LayerKind[] | null): ModelShape | null {
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

function learnedPositions(ledger: Ledger): number {
  const positions = ledger.stated('model.max_position_embeddings') ?? ledger.stated('training.sequence_length');
  if (positions !== null) return positions;
  ledger.cannotKnow('model.max_position_embeddings', 'learned positions need the longest sequence to be counted');
  return 0;
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

function slidingWindowOf(ledger: Ledger): Pick<ModelShape, 'slidingWindow'> {
  const tokens = ledger.stated('model.sliding_window');
  return tokens === null ? {} : { slidingWindow: { tokens, fullEvery: ledger.stated('model.full_attention_every') } };
}
