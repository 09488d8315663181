import type { ParameterCount } from '../run/parameters.ts';
import type { Unknown } from '../run/facts.ts';
import type { RunField } from '../run/fields.ts';
import type { LineItem } from './line-item.ts';
import type { Phase } from './memory/snapshot.ts';
import type { Evidence } from './trainers/trainer.ts';

/** Peak memory of the fullest GPU. */
export interface MemoryEstimate {
  /** The allocator's live peak, torch `max_memory_allocated`. */
  readonly allocatedBytes: number;
  /** The allocator's reserved peak, torch `max_memory_reserved`: fragmentation included. */
  readonly reservedBytes: number;
  /** What nvidia-smi shows: CUDA context and communication buffers included. The limit is held against this. */
  readonly peakBytes: number;
  /** Range of `peakBytes`. */
  readonly lowBytes: number;
  readonly highBytes: number;
  /** The same range for each of the three figures, so that a measurement is held against its own kind. */
  readonly ranges: Readonly<Record<'allocated' | 'reserved' | 'peak', readonly [low: number, high: number]>>;
  /** What nobody states and widens the range, widest first. */
  readonly widenedBy: readonly MemoryUnknown[];
  /** The parts of `peakBytes`; they add up to it. */
  readonly items: readonly LineItem[];
  /** The moments of a step in order, with what lives at each on the fullest GPU; the fullest moment is `items`. */
  readonly timeline: readonly { readonly moment: Phase; readonly items: readonly LineItem[] }[];
  /** What the trainer's behavior rests on: the range is as wide as this leaves it. */
  readonly evidence: Evidence;
}

/** Something that the config leaves open, and what the peak would be at either end of what it may be. */
export interface MemoryUnknown {
  /** The field that would settle it, where there is one; else what it is about. */
  readonly field: string;
  readonly lowBytes: number;
  readonly highBytes: number;
  readonly reason: string;
}

/** A fact that nobody states, and the peak with another value that it may well have. */
export interface AssumedFact {
  readonly field: RunField;
  /** Clauses: `if each GPU holds the whole model`, `with ZeRO-3`. */
  readonly taken: string;
  readonly otherwise: string;
  /** The likely peak with the other value. */
  readonly peakBytes: number;
}

/** The peak under every reading of what a config leaves open. */
export interface MemoryReadings {
  /** Low end under the most favorable reading, high end under the worst. */
  readonly lowBytes: number;
  readonly highBytes: number;
  /** Likely peak under the most favorable reading. */
  readonly bestPeakBytes: number;
  /** What moves the peak most comes first. */
  readonly assumed: readonly AssumedFact[];
}

/** Work and time of the whole training. */
export interface ComputeEstimate {
  readonly tokens: number | null;
  /** Model FLOPs of one token, forward and backward; recomputation is not counted. */
  readonly flopsPerToken: number;
  /** The same with what activation checkpointing computes a second time. */
  readonly hardwareFlopsPerToken: number;
  /** Model FLOPs utilization, estimated or measured: model FLOP/s over the GPU's dense 16-bit peak; null without either. */
  readonly mfu: number | null;
  readonly mfuSource: string;
  /** Steady, without evaluation, checkpoints and restarts. */
  readonly tokensPerSecondPerGpu: number | null;
  readonly lowTokensPerSecondPerGpu: number | null;
  readonly highTokensPerSecondPerGpu: number | null;
  /** Steady hours and overhead together. */
  readonly gpuHours: number | null;
  readonly lowGpuHours: number | null;
  readonly highGpuHours: number | null;
  readonly steadyGpuHours: number | null;
  /** Evaluation, checkpoints and restarts. */
  readonly overheadGpuHours: number | null;
  /** Overhead included; there even when nothing says how long the run trains. */
  readonly gpuHoursPerBillionTokens: number | null;
}

export interface CostEstimate {
  readonly usd: number | null;
  readonly usdPerGpuHour: number;
  /** Who says so and when: "policy", "plan row XL: $30000 / 3000 GPU-hours", "AWS p4de.24xlarge us-east-1, 2026-07". */
  readonly priceSource: string;
}

export interface InferenceEstimate {
  /** Output tokens with the work of their input, for the assumed shape of a request. */
  readonly usdPerMillionTokens: number;
  /** Prefill alone; null where the figure is the plan's. */
  readonly usdPerMillionInputTokens: number | null;
  /** Decoding alone; null where the figure is the plan's. */
  readonly usdPerMillionOutputTokens: number | null;
  /** Share of the paid hours at full load that the dollars assume; null where the figure is the plan's. */
  readonly utilization: number | null;
  readonly source: string;
}

/** CPU memory of the fullest machine. */
export interface HostMemoryEstimate {
  readonly lowBytes: number;
  readonly highBytes: number;
  readonly machines: number;
  /** GPUs that share it. */
  readonly gpusEach: number;
  /** What it is for; loading and what is offloaded do not meet. */
  readonly parts: readonly {
    readonly what: 'offloaded states' | 'offloaded activations' | 'loading the model';
    readonly lowBytes: number;
    readonly highBytes: number;
    readonly reason: string;
  }[];
}

/** What the run writes to disk. */
export interface CheckpointEstimate {
  /** One checkpoint, with the optimizer's states. */
  readonly bytes: number;
  readonly weightsBytes: number;
  /** How many there are at the end, if none is deleted; null where nothing says how often one is saved. */
  readonly count: number | null;
  /** The config says how often; else it is the plan's recommendation. */
  readonly isCountStated: boolean;
}

/** What the estimate itself took for granted; what was assumed of the run stands with the run. */
export interface EstimateAssumption {
  /** Dotted path of the figure it bears on: `compute.mfu`, `inference.utilization`. */
  readonly field: string;
  readonly value: string;
  readonly reason: string;
}

/** What one training run needs. A part that can't be known is null and named under `unknown`. */
export interface Estimate {
  /** Those that are trained are null where nobody knows which. */
  readonly parameters: (Omit<ParameterCount, 'trainable'> & { readonly trainable: number | null }) | null;
  readonly memory: MemoryEstimate | null;
  readonly compute: ComputeEstimate | null;
  readonly cost: CostEstimate | null;
  readonly inference: InferenceEstimate | null;
  /** null where nothing of it can be told; absent where it was not asked. */
  readonly host?: HostMemoryEstimate | null;
  readonly checkpoint?: CheckpointEstimate | null;
  readonly assumptions: readonly EstimateAssumption[];
  readonly unknown: readonly Unknown[];
}
