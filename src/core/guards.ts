import { findGpu } from './catalog/gpu.ts';
import type { Plan } from './plan/plan.ts';
import { readPlanFiles } from './plan/read-plan.ts';
import { holdingOn } from './policy/for-files.ts';
import type { Policy } from './policy/policy.ts';
import { readPolicy } from './policy/read-policy.ts';
import type { Problem } from './problem.ts';
import type { Facts } from './run/facts.ts';
import type { GpuSpec } from './run/hardware.ts';
import { readable, whyUnread, type SourceFile } from './source-file.ts';

/** What the repository lays down at the base: policy and plan, read once for all configs. */
export interface Guards {
  readonly policy: Policy;
  readonly plan: Plan | null;
  /** The GPU that the plan is made for. */
  readonly planGpu: GpuSpec | null;
  /** Facts that whoever asks sets otherwise, over what configs state; absent where runs are taken as they stand. */
  readonly given?: Facts;
  readonly problems: readonly Problem[];
}

/**
 * Reads policy and plan. What is wrong with either is a problem of the evaluation, never a default in silence. What of
 * the policy has ended before `today` (`2026-11-23`) is left out; without a date nothing has.
 */
export function readGuards(
  policyFile: SourceFile | null,
  planFiles: readonly SourceFile[] = [],
  today: string | null = null,
): Guards {
  const { policy, problems } = readPolicy(readable(policyFile));
  const { plan, problems: planProblems } = readPlanFiles(planFiles.flatMap((file) => readable(file) ?? []));
  const gpuName = plan?.facts['hardware.gpu']?.value;
  return {
    policy: holdingOn(policy, today),
    plan,
    planGpu: gpuName === undefined ? null : (findGpu(gpuName, null)?.gpu ?? null),
    problems: [...whyUnread(policyFile), ...problems, ...planFiles.flatMap(whyUnread), ...planProblems],
  };
}
