import type { RunValues, RunField } from './fields.ts';
import type { Assumption, Fact, Facts, Unknown } from './facts.ts';
import type { LayerKind } from './layer-kind.ts';
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
  /** Keys serve as values: no value projection (Gemma 4). */
  | 'keys-as-values';

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

/** Trained, total and per-token parameters. */
export interface ParameterCount {
  readonly total: number;
  /** Parameters that work on one token: all but the experts that it does not visit. */
  readonly active: number;
  /** Parameters with a gradient; where nobody knows which are trained, those that could be. */
  readonly trainable: number;
}

export interface Adapter {
  readonly rank: number;
  readonly targetModules: readonly string[];
  readonly adapters: number;
  readonly dora?: boolean;
  /** Type of the adapters; null when nobody says. */
  readonly dtype?: RunValues['training.lora.dtype'] | null;
  readonly dropout?: number;
  /** Modules outside the layers that are trained whole, on a copy. */
  readonly trainedModules?: readonly string[];
}

export interface Training {
  readonly trainer: string | null;
  readonly trainerVersion?: string;
  readonly method: RunValues['training.method'];
  readonly adapter: Adapter | null;
  readonly sequenceLength: number;
  readonly microBatchSize: number;
  readonly gradientAccumulationSteps: number;
  readonly globalBatchSize: number | null;
  readonly precision: RunValues['training.precision'];
  /** Autocast over weights that are short themselves; absent when nobody says. */
  readonly autocast?: boolean;
  /** Type of the frozen base of adapters; absent when nobody says. */
  readonly frozenPrecision?: RunValues['training.frozen_precision'];
  readonly optimizer: RunValues['training.optimizer'];
  readonly optimizerImplementation?: RunValues['training.optimizer_implementation'];
  readonly activationCheckpointing: RunValues['training.activation_checkpointing'];
  /** Layers recomputed together, or of which one is recomputed. */
  readonly checkpointLayers: number;
  /** Of a pipeline stage's chunk, the first layers that alone are recomputed; absent where all are. */
  readonly recomputeLayers?: number;
  readonly recomputeModules: RunValues['training.recompute_modules'];
  readonly activationOffload: boolean;
  readonly flashAttention: boolean;
  readonly fusedLoss: boolean;
  /** Norms and gated activations are single kernels; absent where the trainer decides. */
  readonly fusedKernels?: boolean;
  readonly tiledMlp?: boolean;
  readonly compile: boolean;
  /** The decoder is not trained, only towers and projectors. */
  readonly frozenDecoder?: boolean;
  /** Answers are generated in the course of training. */
  readonly rollouts?: boolean;
  /** Share of the GPU that an inference engine keeps beside the training. */
  readonly engineMemoryShare?: number;
  /** Tokens of a packed document that sees no other; absent where a sequence is one. */
  readonly meanDocumentLength?: number;
  /** Tokens that an encoder reads for one sequence of the decoder; absent for as many. */
  readonly encoderSequenceLength?: number;
  /** The team's own measured model FLOPs utilization, which takes the place of the estimate's. */
  readonly measuredMfu?: number;
  /** Sequences are packed to their full length; null when nobody says. */
  readonly packing: boolean | null;
  /** Share of hidden states that is dropped; null when nobody says. */
  readonly dropout: number | null;
  readonly optimizerRank: number | null;
  readonly optimizerInBackward: boolean;
  /** Types of gradients and optimizer states where the config says other than the trainer would. */
  readonly statePrecision: StatePrecision;
  readonly ema: boolean;
  /** A frozen copy of the model runs forwards on every token, as in DPO. */
  readonly referenceModel: boolean;
  readonly pairedSamples: boolean;
  readonly quantization: Quantization | null;
  /** Tokens of the whole training; null when nothing says how long it trains. */
  readonly tokens: number | null;
  /** Optimizer steps of the whole training, where they follow from tokens and the global batch. */
  readonly steps: number | null;
  /** Share of the training between two checkpoints, 0.1 for every 10%; null when it can't be known. */
  readonly checkpointShare: number | null;
  readonly log: readonly string[] | null;
}

export interface StatePrecision {
  readonly gradient: RunValues['training.gradient_precision'] | null;
  readonly master: RunValues['training.master_precision'] | null;
  readonly moment: RunValues['training.moment_precision'] | null;
}

/** How the frozen base of adapters is stored; optional parts are absent when nobody says. */
export interface Quantization {
  readonly bits: 4 | 8;
  readonly double: boolean;
  readonly kind?: RunValues['training.quantization.kind'];
  readonly head?: boolean;
  /** What is not quantized is cast to fp32. */
  readonly prepared?: boolean;
}

export interface Parallelism {
  readonly sharding: RunValues['parallelism.sharding'];
  /** null where it is the trainer's own, or open. */
  readonly shardingEngine: RunValues['parallelism.sharding_engine'] | null;
  readonly fsdpVersion?: RunValues['parallelism.fsdp_version'];
  /** Ranks that hybrid sharding divides states over. */
  readonly shardRanks?: number;
  /** Gradients are reduced after each micro batch; absent where the trainer decides. */
  readonly syncEachBatch?: boolean;
  readonly reducePrecision?: RunValues['parallelism.reduce_precision'];
  /** DeepSpeed's buckets, in elements; absent for its defaults. */
  readonly reduceBucketSize?: number;
  readonly maxLiveParameters?: number;
  readonly maxReuseDistance?: number;
  readonly overlapComm?: boolean;
  /** DDP keeps gradients in the buckets that it reduces. */
  readonly gradientAsBucketView?: boolean;
  readonly tensor: number;
  readonly sequenceParallel: boolean;
  readonly lossParallel?: boolean;
  readonly pipeline: number;
  readonly virtualPipeline: number;
  readonly pipelineSchedule: RunValues['parallelism.pipeline_schedule'];
  readonly context: number;
  readonly contextExchange: RunValues['parallelism.context_exchange'];
  readonly expert: number;
  /** Tensor parallel size of the experts; null for that of the model. */
  readonly expertTensor: number | null;
  /** Replicas of the model that see different data: GPUs ÷ (tensor × pipeline × context); null without a GPU count. */
  readonly data: number | null;
  readonly reshardAfterForward: boolean;
  readonly cpuOffload: RunValues['parallelism.cpu_offload'];
}

/** A kind of GPU as far as the estimate needs it. */
export interface GpuSpec {
  readonly name: string;
  /** What the vendor and nvidia-smi call its memory: "80 GB" is 80 GiB. */
  readonly memoryBytes: number;
  /** What a process can really allocate; null when nobody has said. */
  readonly usableMemoryBytes: number | null;
  /** Dense peak in FLOP/s by compute type, without sparsity; null where the GPU has no such unit. */
  readonly peakFlopsPerSecond: Readonly<Record<'fp32' | 'bf16' | 'fp16' | 'fp8', number | null>> | null;
  readonly memoryBandwidthBytesPerSecond: number | null;
  /** GPUs that its link joins, and what one sends to another; absent where nobody has said. */
  readonly node?: { readonly gpus: number; readonly linkBytesPerSecond: number | null };
}

export interface Hardware {
  /** null when no source names a GPU that the catalog knows, nor its memory. */
  readonly gpu: GpuSpec | null;
  readonly count: number | null;
  /** The price that policy or config set; null leaves it to plan and catalog. */
  readonly usdPerGpuHour: number | null;
}

/** One config in the framework-independent form, everything filled in that can be. */
export interface TrainingRun {
  readonly path: string;
  readonly dialect: string;
  readonly name: string;
  /** null when the config names a model that nothing resolves. */
  readonly model: ModelShape | null;
  readonly modelId: string | null;
  readonly parameters: ParameterCount | null;
  readonly training: Training;
  readonly parallelism: Parallelism;
  readonly data: { readonly hours: number | null; readonly augmentation: boolean };
  readonly hardware: Hardware;
  /** Every value that some source stated, with its place: what a finding points at. */
  readonly facts: Facts;
  readonly assumptions: readonly Assumption[];
  readonly unknown: readonly Unknown[];
}

/** The fact behind a field of a run, if any source stated it. */
export function factOf<Field extends RunField>(run: TrainingRun, field: Field): Fact<RunValues[Field]> | null {
  return run.facts[field] ?? null;
}
