import type { Unknown } from '../run/facts.ts';
import type { EstimateAssumption } from './estimate.ts';

/** One part of an estimate with what was taken for granted on the way; null comes with the reason under `unknown`. */
export interface Part<Value> {
  readonly value: Value | null;
  readonly assumptions: readonly EstimateAssumption[];
  readonly unknown: readonly Unknown[];
}

/** A part that can't be known, and what to add so that it can. */
export function unknownPart(field: string, reason: string): Part<never> {
  return { value: null, assumptions: [], unknown: [{ field, reason }] };
}
