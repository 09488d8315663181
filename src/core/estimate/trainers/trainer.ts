import type { Parallelism } from '../../run/parallelism.ts';

/** A trainer: one file of facts, each with the code line or the document that it was read in. */
export interface Trainer {
  /** Its names in configs; separators and case do not matter. */
  readonly names: readonly string[];
  readonly traits: TrainerTraits;
  /** Hands runs with tensor or pipeline parallelism over to Megatron Core. */
  readonly handsOverToMegatron?: true;
}

/**
 * What differs between trainers as far as memory goes. The trainer decides these, not the model, and no config states
 * them; a trainer that nobody described gets the traits of a plain PyTorch loop and a wider range.
 */
export interface TrainerTraits {
  /** Whether the traits are those of the trainer that runs it, or a guess. */
  readonly known: boolean;
  /**
   * What the traits rest on: measured runs of it or its family, its own code run on tensors without data, that code read
   * alone, or nothing.
   */
  readonly evidence: Evidence;
  /** Which copies of the weights it keeps: see state-bytes.ts. */
  readonly states: 'megatron' | 'deepspeed' | 'fsdp' | 'accelerate' | 'torch';
  /** What divides states over data parallel ranks; null where the trainer has several, or none. */
  readonly engine: Parallelism['shardingEngine'];
  /** Bytes alive per logit at the peak of a cross-entropy that is neither fused nor compiled, over its versions. */
  readonly bytesPerLogit: readonly [low: number, likely: number, high: number];
  /**
   * The same where the loss is fused or in chunks but something of each logit stays until the backward pass, plain and
   * compiled; null where a chunk goes backwards before the next one.
   */
  readonly bytesPerFusedLogit: readonly [eager: number, compiled: number] | null;
  /** Alive per logit of a loss that is compiled: inductor computes the softmax on the way. */
  readonly bytesPerCompiledLogit: number;
  /** Whether torch.compile covers the loss: where the model returns it, in newer versions only, or never. */
  readonly compilesLoss: 'always' | 'newer' | 'never';
  /** Tokens of a chunk of a fused loss, where the trainer fixes them. */
  readonly chunkTokens: number | null;
  /** Norms and gated activations are single kernels even without torch.compile. */
  readonly fusedKernels: boolean;
  /** A fused gated activation is computed again as it goes backwards, so that its product is not kept. */
  readonly recomputesGatedProduct: boolean;
  /** Keys and values are repeated to the width of the queries before attention. */
  readonly expandsKeyValues: boolean;
  /** Logits stay divided over the tensor ranks unless the config says. */
  readonly lossParallel: boolean;
  /** What selective checkpointing keeps: every second matmul (torchtitan), or all but the scores (Megatron). */
  readonly selectivePolicy: 'every-second-matmul' | 'all-but-scores';
  /** Batches differ in length, so that cached blocks of memory fit badly. */
  readonly variableLengths: boolean;
  /** Sets the allocator to grow segments, so that blocks of one size serve those of another. */
  readonly expandableSegments: boolean;
  /** AdamW runs over all tensors at once and builds a temporary as large as one of its states. */
  readonly foreachOptimizer: boolean;
  /** How AdamW steps unless the config says, where neither `foreach` nor fused; null for these. */
  readonly optimizerImplementation: 'flat' | null;
  /** Version of FSDP: the root of the first keeps embedding and head gathered. */
  readonly fsdpVersion: 1 | 2;
  /** FSDP 1 gathers the next layer while one goes backwards. */
  readonly prefetchesBackward: boolean;
  /** A loss in chunks gathers the head by itself, after the forward pass has given it back. */
  readonly chunksGatherHead: boolean;
  /** Query, key and value are one matrix, whatever the model has. */
  readonly fusedQkv: boolean;
  /** Norms of several kernels keep their normalized values in fp32. */
  readonly wideNorms: boolean;
  /** Experts' outputs are weighted in their own type. */
  readonly fusedWeighting: boolean;
  /** A fused loss is Liger's, which takes norms and gated activations along. */
  readonly fusesWithLoss: boolean;
  /** Adapters of one input keep it once, whatever their type. */
  readonly sharesAdapterInputs: boolean;
  /** Norms are single kernels, though other things are not. */
  readonly fusedNorms: boolean;
  /**
   * What the frozen base of adapters is loaded in where the precision is a `-mixed` one and nobody states it: fp32, as
   * the precision says, the short type, or what transformers takes: fp32 before version 5, then the checkpoint's.
   */
  readonly frozenBase: 'fp32' | 'short' | 'by-transformers';
  /** Autocast is on where adapters train over a short base. */
  readonly autocastsAdapters: boolean;
  /** Share of what adapters read that is dropped unless the config says. */
  readonly adapterDropout: number;
  /** Under FSDP, gradients are reduced after each micro batch. */
  readonly reducesEachBatch: boolean;
  /** Type in which FSDP reduces gradients unless the config says; null for that of the matrices. */
  readonly reducePrecision: 'fp32' | 'bf16' | null;
  /** FSDP keeps frozen and trained weights in one flat parameter. */
  readonly flattensFrozen: boolean;
  /** Everything that is not quantized is cast to fp32 (PEFT's `prepare_model_for_kbit_training`). */
  readonly upcastsUnquantized: boolean;
}

export type Evidence = 'measured' | 'replayed' | 'read' | 'unknown';
