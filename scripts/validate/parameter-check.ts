import { estimateCase } from './estimate-case.ts';
import type { PublishedCount } from './sets.ts';

/** A published parameter count beside the product's. */
export interface ParameterCheck extends PublishedCount {
  /** null where the product does not know the model. */
  readonly counted: number | null;
  readonly countedActive: number | null;
  readonly isExact: boolean;
}

export function checkParameters(published: PublishedCount): ParameterCheck {
  const { parameters } = estimateCase(published.model, { scalegate: 1, model: { id: published.model } }).estimate;
  const isExact =
    parameters?.total === published.total && (published.active === null || parameters.active === published.active);
  return { ...published, counted: parameters?.total ?? null, countedActive: parameters?.active ?? null, isExact };
}
