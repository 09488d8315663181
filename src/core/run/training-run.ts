import type { Assumption, Fact, Facts, NotRead, Unknown } from './facts.ts';
import type { RunField, RunValues } from './fields.ts';
import type { Hardware } from './hardware.ts';
import type { ModelShape } from './model-shape.ts';
import type { Parallelism } from './parallelism.ts';
import type { ParameterCount } from './parameters.ts';
import type { Training } from './training.ts';

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
  /** What stands in its files, looks as if it matters, and is not in the estimate. */
  readonly notRead: readonly NotRead[];
}

/** The fact behind a field of a run, if any source stated it. */
export function factOf<Field extends RunField>(run: TrainingRun, field: Field): Fact<RunValues[Field]> | null {
  return run.facts[field] ?? null;
}
