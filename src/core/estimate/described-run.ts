import type { ModelShape } from '../run/model-shape.ts';
import type { ParameterCount } from '../run/parameters.ts';
import type { TrainingRun } from '../run/training-run.ts';

/** A run whose model is known: what every part of an estimate needs. */
export type DescribedRun = TrainingRun & { readonly model: ModelShape; readonly parameters: ParameterCount };
