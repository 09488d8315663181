import type { RunValues } from './fields.ts';
import type { LayerKind } from './layer-kind.ts';
import type {
  CrossAttentionShape,
  GatedRecurrenceShape,
  LatentAttention,
  LinearAttentionShape,
  MambaShape,
  ShortConvolutionShape,
} from './mixer-shapes.ts';
import type { Tower } from './tower.ts';

/**
 * Dimensions of a model, complete: nothing in it is left to a default. Without the optional fields it is a decoder-only
 * transformer whose layers are all alike, but for those with experts.
 */
export interface ModelShape {
  readonly hiddenSize: number;
  readonly numLayers: number;
  readonly numAttentionHeads: number;
  readonly numKeyValueHeads: number;
  readonly headDim: number;
  readonly intermediateSize: number;
  readonly gatedMlp: boolean;
  readonly vocabSize: number;
  readonly tieWordEmbeddings: boolean;
  /** Rows of the learned position embedding; 0 unless positions are learned. */
  readonly learnedPositions: number;
  readonly norm: RunValues['model.norm'];
  readonly normsPerLayer: number;
  readonly qkNorm: boolean;
  readonly qkvBias: boolean;
  readonly attentionOutputBias: boolean;
  readonly mlpBias: boolean;
  readonly moe: MoeShape | null;
  /** Layers attend to the last `tokens` only, but for every `fullEvery`-th; absent where all attend to everything. */
  readonly slidingWindow?: { readonly tokens: number; readonly fullEvery: number | null };
  /** Multi-head latent attention; absent in models that have none. */
  readonly latentAttention?: LatentAttention;
  /** The layers by their kinds, where other fields do not say it all; their counts add up to `numLayers`. */
  readonly layers?: readonly LayerKind[];
  readonly mamba?: MambaShape;
  readonly linearAttention?: LinearAttentionShape;
  readonly shortConvolution?: ShortConvolutionShape;
  readonly gatedRecurrence?: GatedRecurrenceShape;
  readonly crossAttention?: CrossAttentionShape;
  /** What reads text, images or sound for the decoder, each a stack of its own. */
  readonly towers?: readonly Tower[];
  /** Modules that each predict one more token: a layer, a projection of two hidden states, and the head once more. */
  readonly extraPredictions?: number;
  /** Width of the embedding, where it is narrower than the layers. */
  readonly embeddingSize?: number;
  /** Parameters outside the layers that no other field describes. */
  readonly otherParameters?: number;
  /** What only a few families have; absent in most. */
  readonly peculiarities?: readonly Peculiarity[];
}

/** The expert layers of a mixture of experts. */
export interface MoeShape {
  readonly numExperts: number;
  readonly expertsPerToken: number;
  readonly intermediateSize: number;
  readonly sharedExperts: number;
  readonly sharedIntermediateSize: number;
  /** Room of an expert, over the average of its tokens; absent where none is dropped. */
  readonly capacityFactor?: number;
  /** How many of the model's layers have experts instead of a plain MLP. */
  readonly expertLayers: number;
}

/** Parameters that a family has, or lacks, against the shape that its other fields describe. */
export type Peculiarity =
  /** Layer norms with a weight and no bias (MPT, DBRX, Cohere). */
  | 'bias-free-norm'
  /** Layer norms that learn nothing (OLMo 1). */
  | 'weightless-norm'
  /** Query and key norms over all heads at once instead of over each (OLMo 2). */
  | 'full-width-qk-norm'
  /** A norm behind the embedding (BLOOM). */
  | 'embedding-norm'
  /** A bias on the output head (Phi 1 and 2). */
  | 'head-bias'
  /** One learned sink a query head (gpt-oss). */
  | 'attention-sinks'
  /** A bias on the router of the experts (gpt-oss). */
  | 'router-bias'
  /** A gate of one output before the shared experts (Qwen 1.5 and 2 MoE). */
  | 'shared-expert-gate'
  /** Keys have no bias where queries and values have one (Whisper). */
  | 'unbiased-keys'
  /** The query projection makes a gate on attention's output as well (Qwen3-Next). */
  | 'attention-gate'
  /** No norm behind the last layer (BART, BERT). */
  | 'no-final-norm'
  /** Attention reads what comes after as well (BERT). */
  | 'bidirectional'
  /** Query, key and value are one matrix, gate and up another (Phi-3, GPT-NeoX). */
  | 'fused-projections'
  /** Logits go through tanh (Gemma 2). */
  | 'softcapped-logits'
  /** Attention's scores go through tanh (Gemma 2). */
  | 'softcapped-scores'
  /** GELU of several operators, each of which keeps something (GPT-2's `gelu_new`). */
  | 'composite-gelu'
  /** Keys serve as values: no value projection (Gemma 4). */
  | 'keys-as-values';
