import type { Plan } from '../plan/plan.ts';
import { policiesFor, settingOf } from './for-files.ts';
import { growthFactorOf } from './jump.ts';
import type { Policy } from './policy.ts';
import { scaleJump, ScaleJumpOptions } from './rules/scale-jump/scale-jump.ts';

/** How many times the parameters of the run before a run may have at most, and who says so. */
export interface LargestStep {
  readonly factor: number;
  readonly source: string;
}

/**
 * What scale-jump counts as a jump in parameters for a config, whatever its level: set by the policy, else advised by the
 * plan, else 2.
 */
export function largestStep(policy: Policy, plan: Plan, path: string): LargestStep {
  const options = ScaleJumpOptions.parse(settingOf(policy, scaleJump, policiesFor(policy, path)).options);
  const set = options.parameters_factor ?? options.growth_factor;
  if (set !== undefined) return { factor: set, source: "the policy's scale-jump" };
  const advised = plan.recommendations.growthFactor;
  const source = advised === null ? 'the default of scale-jump' : `the plan, "${advised.text}"`;
  return { factor: growthFactorOf(plan), source };
}
