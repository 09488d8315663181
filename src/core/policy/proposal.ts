import type { Place, Problem } from '../problem.ts';
import type { Verdict } from './level.ts';

/** Something that policy or plan say at the head and not at the base. */
export interface GuardChange {
  readonly place: Place;
  /** `XL: memory ~80 GB → ~160 GB`, `rules.budget.max_cost_usd: 1000 → 5000`. */
  readonly what: string;
}

/** What policy and plan would be after a pull request that changes either. They judge nothing in it: those of the base do. */
export interface Proposal {
  /** Mistakes that the files have at the head and not at the base. */
  readonly problems: readonly Problem[];
  readonly changes: readonly GuardChange[];
  /** Configs of the repository that would get another verdict by it, each as if it were new. */
  readonly verdicts: readonly { readonly path: string; readonly before: Verdict; readonly after: Verdict }[];
  /** Configs that were looked at for that, and those that were too many. */
  readonly configs: number;
  readonly unseen: number;
}
