import type { Place } from '../problem.ts';
import type { Facts } from '../run/facts.ts';

/** A figure of the plan and where it stands. */
export interface Figure {
  readonly value: number;
  /** As the team wrote it: `~80 GB`. */
  readonly text: string;
  readonly place: Place;
}

/** Evidence that a scale was really trained. */
export interface Validation {
  readonly link: string;
  /** ISO date, `2026-10-03`. */
  readonly date: string | null;
  readonly peakMemoryBytes: Figure | null;
  readonly gpuHours: Figure | null;
  /** What was estimated on that day, of the same kind as the measured figures. */
  readonly predictedMemoryBytes: Figure | null;
  readonly predictedGpuHours: Figure | null;
  readonly place: Place;
}

/** One row of the ladder. A figure that the plan leaves out is null. */
export interface Scale {
  readonly name: string;
  readonly place: Place;
  readonly parameters: Figure;
  readonly samples: Figure | null;
  readonly gpuHours: Figure | null;
  readonly notes: string | null;
  readonly modelMemoryBytes: Figure | null;
  readonly activationMemoryBytes: Figure | null;
  /** Total memory per GPU. */
  readonly memoryBytes: Figure | null;
  readonly dataHours: Figure | null;
  readonly costUsd: Figure | null;
  readonly usdPerMillionTokens: Figure | null;
  readonly validation: Validation | null;
}

/** The numbers in the plan's recommendations: parameters of the rules of the same purpose. */
export interface Recommendations {
  /** "Double model size only after validating": 2. */
  readonly growthFactor: Figure | null;
  /** "Save every 10 % of training": 0.1. */
  readonly checkpointShare: Figure | null;
  /** "Track loss curves, gradient norms, memory usage": `['loss', 'grad_norm', 'memory']`. */
  readonly monitor: readonly string[] | null;
  /** "Data augmentation can reduce requirements by ~2x": 2. */
  readonly augmentationFactor: Figure | null;
}

/** The committed scaling plan, whatever it was written in. */
export interface Plan {
  readonly path: string;
  readonly title: string;
  /** Smallest first. */
  readonly scales: readonly Scale[];
  /** What the plan assumes of every run: micro batch, sequence length, precision, GPU; authority `plan`. */
  readonly facts: Facts;
  /** The model that the plan starts from, where it describes one. */
  readonly baseline: Facts;
  readonly recommendations: Recommendations;
}

/** The row that a run belongs to, or how far beyond the plan it is. */
export type ScaleMatch =
  | { readonly kind: 'scale'; readonly scale: Scale; readonly index: number }
  | { readonly kind: 'beyond'; readonly largest: Scale };

/** "A run belongs to the smallest scale whose parameters hold it (25 % tolerance)": design, "Words". */
export const scaleTolerance = 1.25;

/** The scale that a run of so many parameters belongs to; null for a plan without scales. */
export function matchScale(plan: Plan, parameters: number): ScaleMatch | null {
  const largest = plan.scales.at(-1);
  if (largest === undefined) return null;
  const index = plan.scales.findIndex((scale) => parameters <= scale.parameters.value * scaleTolerance);
  const scale = plan.scales[index];
  return scale === undefined ? { kind: 'beyond', largest } : { kind: 'scale', scale, index };
}
