import type { FitAnswer } from '../fit/fit.ts';
import type { Suggestion } from '../fit/suggestion.ts';
import type { ApprovalState } from '../policy/approvals/count-approvals.ts';
import type { ApprovalScope } from '../policy/approvals/request.ts';
import type { ApprovalRequirement } from '../policy/approvals/requirement.ts';
import type { Plan } from '../plan/plan.ts';
import type { Policy } from '../policy/policy.ts';
import type { Finding, RunPair } from '../policy/rule.ts';
import type { Verdict } from '../policy/verdict.ts';
import type { Problem } from '../problem.ts';

export type { ApprovalState, Verdict, Suggestion };

/** Everything about one pull request: all that any output may show, already decided. */
export interface Evaluation {
  readonly verdict: Verdict;
  /** Configs that the pull request touches, the biggest changes first. */
  readonly pairs: readonly RunPair[];
  /** Worst first. */
  readonly findings: readonly Finding[];
  /** What is wrong with the plan and the policy themselves. */
  readonly problems: readonly Problem[];
  readonly plan: Plan | null;
  readonly policy: Policy;
  /** What an approval given now would cover; no items when none is needed. */
  readonly scope: ApprovalScope;
  /** Who has to approve that. */
  readonly requirements: readonly ApprovalRequirement[];
  readonly approval: ApprovalState;
  /** What would make configs fit that exceed their memory limit; looked for in the biggest few. */
  readonly fits: readonly FitAnswer[];
  /** Those of them whose lines the pull request changes, so that a click can apply them. */
  readonly suggestions: readonly Suggestion[];
}
