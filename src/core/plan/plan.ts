import type { Place } from '../problem.ts';
import type { Facts } from '../run/facts.ts';

/** A figure of the plan and where it stands. */
export interface Figure {
  /** The figure; of a range, and of "at most", the high end: what a run is held against. */
  readonly value: number;
  /** The low end of a range, `1–2`; null for "at most". Absent where the plan states one number. */
  readonly low?: number | null;
  /** "480K+" has no high end: `value` is the low one, and no run exceeds it. */
  readonly isOpen?: true;
  /** As the team wrote it: `~80 GB`. */
  readonly text: string;
  readonly place: Place;
}

/** An amount of money in the currency that the plan states. */
export interface Cost extends Figure {
  /** ISO 4217: `USD`, `EUR`. */
  readonly currency: string;
}

/** Evidence that a row was really trained. */
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

/** The same work on other hardware: one of them is meant, and they never add up. */
export interface Alternative {
  readonly gpu: string;
  readonly gpuHours: Figure;
}

/**
 * One row of the plan. A scale is a step of the ladder; a stage is named work with a budget: pretraining, SFT, GRPO, a
 * single run. A figure that the plan leaves out is null.
 */
export interface PlanRow {
  readonly name: string;
  readonly place: Place;
  readonly kind: 'scale' | 'stage';
  readonly parameters: Figure | null;
  readonly tokens: Figure | null;
  readonly samples: Figure | null;
  readonly steps: Figure | null;
  /** As the plan writes it: `A100 80GB`. */
  readonly gpu: string | null;
  readonly gpuCount: Figure | null;
  /** Device-hours of the whole work. */
  readonly gpuHours: Figure | null;
  readonly wallClockHours: Figure | null;
  readonly alternatives: readonly Alternative[];
  readonly cost: Cost | null;
  /** `cost` where it is in US dollars: estimates are in dollars and are compared with nothing else. */
  readonly costUsd: Figure | null;
  readonly notes: string | null;
  readonly modelMemoryBytes: Figure | null;
  readonly activationMemoryBytes: Figure | null;
  /** Total memory per GPU. */
  readonly memoryBytes: Figure | null;
  readonly dataHours: Figure | null;
  readonly usdPerMillionTokens: Figure | null;
  /** "Optional", "stretch": no part of the plan's total. */
  readonly isOptional: boolean;
  readonly validation: Validation | null;
}

/** A row of the ladder. */
export interface Scale extends PlanRow {
  readonly kind: 'scale';
  readonly parameters: Figure;
}

/** The cap of all rows together, where the plan states one. */
export interface PlanTotal {
  readonly gpuHours: Figure | null;
  readonly cost: Cost | null;
  readonly place: Place;
}

/** The numbers in the plan's recommendations: parameters of the rules of the same purpose. */
export interface Recommendations {
  /** "Double model size only after validating": 2. */
  readonly growthFactor: Figure | null;
  /** "Save every 10% of training": 0.1. */
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
  /** The ladder, smallest first: by parameters, and where these repeat by compute. */
  readonly scales: readonly Scale[];
  /** Named work that is no step of the ladder, in the order of the file. */
  readonly stages: readonly PlanRow[];
  readonly total: PlanTotal | null;
  /** What the plan assumes of every run: micro batch, sequence length, precision, GPU; authority `plan`. */
  readonly facts: Facts;
  /** The model that the plan starts from, where it describes one. */
  readonly baseline: Facts;
  readonly recommendations: Recommendations;
}

/** What a row says that names no figure: rows are made of it and of what was read. */
export const nothingStated = {
  parameters: null,
  tokens: null,
  samples: null,
  steps: null,
  gpu: null,
  gpuCount: null,
  gpuHours: null,
  wallClockHours: null,
  alternatives: [],
  cost: null,
  costUsd: null,
  notes: null,
  modelMemoryBytes: null,
  activationMemoryBytes: null,
  memoryBytes: null,
  dataHours: null,
  usdPerMillionTokens: null,
  isOptional: false,
  validation: null,
} as const satisfies Omit<PlanRow, 'name' | 'place' | 'kind'>;

/** What a run is held against: null where the plan says nothing, or sets no high end. */
export function capOf(figure: Figure | null): number | null {
  return figure === null || figure.isOpen === true ? null : figure.value;
}

/** The row that a run belongs to, or how far beyond the plan it is. */
export type ScaleMatch =
  | { readonly kind: 'scale'; readonly scale: Scale; readonly index: number }
  | { readonly kind: 'beyond'; readonly largest: Scale };

/** "A run belongs to the smallest scale whose parameters hold it (25% tolerance)": design, "Words". */
export const scaleTolerance = 1.25;

/** The scale that a run of so many parameters belongs to; null for a plan without scales. */
export function matchScale(plan: Plan, parameters: number): ScaleMatch | null {
  const largest = plan.scales.at(-1);
  if (largest === undefined) return null;
  const index = plan.scales.findIndex((scale) => parameters <= scale.parameters.value * scaleTolerance);
  const scale = plan.scales[index];
  return scale === undefined ? { kind: 'beyond', largest } : { kind: 'scale', scale, index };
}
