import type { GpuSpec } from '../run/hardware.ts';
import type { Figure, Plan, PlanRow } from './plan.ts';

/** A scale's work held against what its GPU-hours hold at the card's peak. */
export interface ShareOfPeak {
  readonly parameters: Figure;
  readonly gpuHours: Figure;
  /** Samples, and the tokens of each, where the plan states no tokens and every sample is a full sequence. */
  readonly ofSamples: { readonly samples: Figure; readonly sequenceLength: number } | null;
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
export function shareOfPeak(plan: Plan, row: PlanRow, gpu: GpuSpec | null): ShareOfPeak | null {
  const { gpuHours, parameters, samples } = row;
  const sequenceLength = sequenceLengthOf(plan);
  const peakFlopsPerSecond = peakOf(plan, gpu);
  const ofSamples =
    row.tokens !== null || samples === null || sequenceLength === null ? null : { samples, sequenceLength };
  const tokens = row.tokens?.value ?? (ofSamples === null ? null : ofSamples.samples.value * ofSamples.sequenceLength);
  if (parameters === null || tokens === null || gpuHours === null || peakFlopsPerSecond === null) return null;
  const flops = 6 * parameters.value * tokens;
  const availableFlops = gpuHours.value * 3600 * peakFlopsPerSecond;
  const share = flops / availableFlops;
  return { parameters, gpuHours, ofSamples, tokens, flops, peakFlopsPerSecond, availableFlops, share };
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
