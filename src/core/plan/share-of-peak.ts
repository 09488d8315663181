import type { GpuSpec } from '../run/training-run.ts';
import type { Figure, Plan, Scale } from './plan.ts';

/** A scale's work held against what its GPU-hours hold at the card's peak. */
export interface ShareOfPeak {
  readonly samples: Figure;
  readonly gpuHours: Figure;
  /** Tokens a sample, where every sample is a full sequence. */
  readonly sequenceLength: number;
  readonly tokens: number;
  /** FLOPs of the whole training. */
  readonly flops: number;
  readonly peakFlopsPerSecond: number;
  /** FLOPs of all GPU-hours at peak. */
  readonly availableFlops: number;
  /** Model FLOPs utilization that the row implies; above 1 it is impossible. */
  readonly share: number;
}

/**
 * Share of the GPU's dense peak that a row needs. Training takes 6 FLOPs a parameter and token, 2 forward and 4 backward
 * (Kaplan et al. 2020, arXiv 2001.08361, §2.1; Hoffmann et al. 2022, arXiv 2203.15556, appendix F).
 * Null where the plan or the catalog leaves out a figure that it takes.
 */
export function shareOfPeak(plan: Plan, scale: Scale, gpu: GpuSpec | null): ShareOfPeak | null {
  const { samples, gpuHours, parameters } = scale;
  const sequenceLength = sequenceLengthOf(plan);
  const peakFlopsPerSecond = peakOf(plan, gpu);
  if (samples === null || gpuHours === null || sequenceLength === null || peakFlopsPerSecond === null) return null;
  const tokens = samples.value * sequenceLength;
  const flops = 6 * parameters.value * tokens;
  const availableFlops = gpuHours.value * 3600 * peakFlopsPerSecond;
  return {
    samples,
    gpuHours,
    sequenceLength,
    tokens,
    flops,
    peakFlopsPerSecond,
    availableFlops,
    share: flops / availableFlops,
  };
}

/** Tokens a sample: the sequence length that the plan assumes, else the context of its baseline. */
export function sequenceLengthOf({ facts, baseline }: Plan): number | null {
  const stated = facts['training.sequence_length'] ?? baseline['training.sequence_length'];
  return (stated ?? baseline['model.max_position_embeddings'])?.value ?? null;
}

/** Dense peak at the plan's precision; bf16 where it names none. */
function peakOf({ facts }: Plan, gpu: GpuSpec | null): number | null {
  const precision = facts['training.precision']?.value ?? 'bf16';
  const type = (['fp32', 'fp16', 'fp8'] as const).find((name) => precision.startsWith(name)) ?? 'bf16';
  return gpu?.peakFlopsPerSecond?.[type] ?? null;
}
