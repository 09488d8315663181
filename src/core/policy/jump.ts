import type { Plan, ScaleMatch } from '../plan/plan.ts';
import type { RunPair } from './rule.ts';

/** How a run stands to its base: new, on a higher scale, grown by the factor within its scale, or not to be known. */
export type Jump = 'new' | 'climb' | 'growth' | 'unknown';

/**
 * The jump in parameters that a pull request makes with one config, or null where it makes none. A base whose parameters
 * are unknown is no base to compare with: the run counts as new.
 */
export function jumpOf({ base, head }: RunPair, growthFactor: number): Jump | null {
  if (head === null) return null;
  const after = head.estimate.parameters?.total;
  if (after === undefined) return 'unknown';
  const before = base?.estimate.parameters?.total;
  if (base === null || before === undefined) return 'new';
  if (rankOf(head.scale) > rankOf(base.scale)) return 'climb';
  return after < before * growthFactor ? null : 'growth';
}

/** The plan's "double only after validating"; twice the parameters is also what a plan that says nothing gets. */
export function growthFactorOf(plan: Plan | null): number {
  return plan?.recommendations.growthFactor?.value ?? 2;
}

/** Above the smallest scale of the plan. A run without a scale is on none. */
export function isAboveSmallest(match: ScaleMatch | null): boolean {
  return rankOf(match) > 0;
}

export function scaleName(match: ScaleMatch): string {
  return match.kind === 'scale' ? match.scale.name : `beyond ${match.largest.name}`;
}

function rankOf(match: ScaleMatch | null): number {
  if (match === null) return -1;
  return match.kind === 'scale' ? match.index : Infinity;
}
