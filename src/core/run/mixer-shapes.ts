import type { RunValues } from './fields.ts';

/** Multi-head latent attention: keys and values of all heads come from one short vector (arXiv 2405.04434 §2.1). */
export interface LatentAttention {
  /** Width of the compressed query; 0 where queries are not compressed. */
  readonly queryRank: number;
  readonly keyValueRank: number;
  /** Of a head's query and key, the part without positions; with `ropeHeadDim` it is the head size. */
  readonly plainHeadDim: number;
  readonly ropeHeadDim: number;
  readonly valueHeadDim: number;
  /** Picks the tokens that attention reads (DeepSeek-V3.2); absent where it reads all. */
  readonly indexer?: { readonly heads: number; readonly headDim: number; readonly topTokens: number };
}

/** State-space layers (Mamba, arXiv 2312.00752 §3; Mamba-2, 2405.21060 §7). */
export interface MambaShape {
  /** Width of what the state space works on: expand × hidden_size. */
  readonly innerSize: number;
  readonly stateSize: number;
  readonly convKernel: number;
  readonly convBias: boolean;
  readonly projectionBias: boolean;
  /** Mamba-1: width of the compressed step sizes. */
  readonly stepRank: number;
  /** Mamba-1: norms on step size, input and output matrices (Jamba). */
  readonly innerNorms: boolean;
  /** Mamba-2: heads that share a decay, and groups of heads that share input and output matrices. */
  readonly numHeads: number;
  readonly numGroups: number;
  /** Mamba-2: tokens that are worked on as one matrix product. */
  readonly chunkSize: number;
  /** Mamba-2: a norm on the gated output. */
  readonly outputNorm: boolean;
}

/** Attention without softmax, whose state is a matrix a head. */
export interface LinearAttentionShape {
  /** gated_delta: Gated DeltaNet (arXiv 2412.06464 §3); kimi: with a decay a channel (2510.26692 §3); lightning: 2405.17381. */
  readonly kind: RunValues['model.linear_attention.kind'];
  readonly numKeyHeads: number;
  readonly keyHeadDim: number;
  readonly numValueHeads: number;
  readonly valueHeadDim: number;
  readonly convKernel: number;
}

/** A gated convolution over a few tokens (LFM2). */
export interface ShortConvolutionShape {
  readonly kernel: number;
  readonly bias: boolean;
}

/** Real-gated linear recurrent unit (Griffin, arXiv 2402.19427 §2.4). */
export interface GatedRecurrenceShape {
  readonly width: number;
  readonly convKernel: number;
  readonly numHeads: number;
}

/** Queries of the decoder on keys and values of a tower. */
export interface CrossAttentionShape {
  /** Width of what keys and values are made of. */
  readonly sourceSize: number;
  /** Norms on queries and keys, and two gates of one value (Llama 3.2 Vision). */
  readonly isGated: boolean;
}
