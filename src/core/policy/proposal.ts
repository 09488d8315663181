import type { GuardChange } from '../plan/plan-changes.ts';
import type { Problem } from '../problem.ts';
import type { Verdict } from './level.ts';

/** What policy and plan would be after a pull request that changes either. They judge nothing in it: those of the base do. */
export interface Proposal {
  /** Mistakes that the files have at the head and not at the base. */
  readonly problems: readonly Problem[];
  readonly changes: readonly GuardChange[];
  /** Runs of the repository that would get another verdict by it, each as if it were new. */
  readonly verdicts: readonly { readonly path: string; readonly before: Verdict; readonly after: Verdict }[];
  /** Runs that were judged for that. */
  readonly judged: number;
  /** There are more, which were too many to judge. */
  readonly isCut: boolean;
}
