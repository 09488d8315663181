import type { DescribedRun } from '../estimate/described-run.ts';
import type { Estimate } from '../estimate/estimate.ts';
import type { Scale, ScaleMatch } from '../plan/plan.ts';
import type { EstimatedRun } from '../policy/rule.ts';
import type { LargestStep } from '../policy/largest-step.ts';

/** A run on the way up, estimated as the wanted one. */
export interface LadderStep {
  readonly run: DescribedRun;
  readonly estimate: Estimate;
  /** The row of the plan that holds it. */
  readonly scale: ScaleMatch | null;
  /** Its parameters over those of the step before, or of the scale that was trained; null where nothing was trained. */
  readonly growth: number | null;
  /** Its likely peak is within the limit; null where either is unknown. */
  readonly fits: boolean | null;
}

/** The way from what the team has trained to the run that it wants. */
export interface Ladder {
  /** Where it starts: the largest validated scale, or the smallest of the plan, which is then the first step. */
  readonly from: Scale;
  readonly wanted: EstimatedRun;
  readonly largestStep: LargestStep;
  /** Held on every step; null where nothing says how long the wanted run trains. */
  readonly tokensPerParameter: number | null;
  /** Smallest first; the last is the wanted run. */
  readonly steps: readonly LadderStep[];
}

/** The ladder, or why there is none. */
export type Proposal =
  | { readonly kind: 'ladder'; readonly ladder: Ladder }
  /** The wanted run is no larger than what was trained. */
  | { readonly kind: 'nothing to climb'; readonly reason: string }
  | { readonly kind: 'impossible'; readonly reason: string };
