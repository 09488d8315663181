import type { Command } from '../core/policy/command.ts';
import type { Ledger } from '../core/policy/approvals/ledger.ts';
import type { Evaluation } from '../core/report/evaluation.ts';
import type { PullRequestNow } from './reading/pull-request.ts';
import type { ReplyMarker } from './comments/reply-marker.ts';

/** What only the App has: its memory, presses of its buttons included, and the key of its codes. */
export interface AppRecords {
  /** From the newest earlier check run of this pull request. */
  readonly ledger: Ledger;
  readonly secret: string;
  /** What the check showed on a commit at a time, by GitHub's clock; null where there was none yet. */
  readonly shownAt?: (commit: string, at: string) => { readonly code: string | null } | null;
}

/** The same for a merge group: the ledger of each of its pull requests, by number. */
export interface AppGroupRecords {
  readonly readLedger: (pullRequest: PullRequestNow) => Promise<Ledger>;
  readonly secret: string;
  readonly appId: number;
}

/** A pull request, evaluated, with what is to be remembered and answered. */
export interface EvaluatedPullRequest {
  readonly evaluation: Evaluation;
  /** Why this evaluation is shown and not that of the change by itself, as a sentence; null where it is. */
  readonly because: string | null;
  /** Of which commits: an older evaluation never overwrites a newer one. */
  readonly baseSha: string;
  readonly headSha: string;
  /** Short for what they were held against (basis.ts). */
  readonly basis: string;
  /** To approve what waits; null where nothing does, and without the App. */
  readonly code: string | null;
  /** To be carried to the next check run; empty without the App. */
  readonly ledger: Ledger;
  /** Commands in comments that have no receipt yet, with what became of each; none without the App. */
  readonly commands: readonly AnsweredCommand[];
  /** What scalegate has already answered in words. */
  readonly replies: readonly ReplyMarker[];
}

/** A command in a comment, and what became of it. */
export interface AnsweredCommand {
  readonly commentId: number;
  readonly by: string;
  readonly at: string;
  readonly command: Command;
  /** Why nothing was done; null where it was. */
  readonly ignoredBecause: string | null;
}
