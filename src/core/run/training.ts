import type { RunValues } from './fields.ts';

/** How a model is trained, and for how long. */
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

/** Low-rank adapters beside frozen matrices (LoRA, arXiv 2106.09685 §4). */
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
