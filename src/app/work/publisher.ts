import type { Ledger } from '../../core/policy/ledger.ts';
import type { Evaluation } from '../../core/report/evaluation.ts';
import type { GitHubClient, RepositoryName } from '../../github/client.ts';
import type { EvaluatedPullRequest } from '../../github/evaluated.ts';

/** A commit that gets a check run: the head of a pull request, or what a merge queue is about to merge. */
export interface Target {
  readonly client: GitHubClient;
  readonly repository: RepositoryName;
  /** null for a merge group. */
  readonly pullRequest: number | null;
  readonly headSha: string;
}

/** What is written to GitHub, and what is remembered there. */
export interface Publisher {
  /** What our newest check run of a pull request remembers. */
  readLedger(client: GitHubClient, repository: RepositoryName, pullRequest: number): Promise<Ledger>;
  /** Shows that a commit will be evaluated, where nothing is shown yet; `again` shows it in any case. */
  announce(target: Target, again: boolean): Promise<void>;
  /** The check run, then the comment, then receipts; writes nothing where nothing changed, unless `again`. */
  publish(target: Target, evaluated: EvaluatedPullRequest, again: boolean): Promise<void>;
  publishGroup(target: Target, evaluation: Evaluation): Promise<void>;
  /** A failed check run that says why there is no verdict, with a button to try again. */
  fail(target: Target, reason: string): Promise<void>;
  /** Whether the newest check run of ours at a commit is a success. */
  hasPassed(target: Target): Promise<boolean>;
  /** Pull requests and merge groups that have a check run of ours at a commit. */
  aboutCommit(client: GitHubClient, repository: RepositoryName, sha: string): Promise<readonly number[]>;
}
