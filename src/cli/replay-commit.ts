import { check } from '../core/check.ts';
import type { Evaluation, Verdict } from '../core/report/evaluation.ts';
import type { SourceFile } from '../core/source-file.ts';
import { changedFiles } from '../workspace/changed-files.ts';
import { gatherPullRequest } from '../workspace/gather.ts';
import { commitWorkspace } from '../workspace/git-commit.ts';
import { findGuards } from '../workspace/guards.ts';
import type { PastCommit } from '../workspace/past-commits.ts';
import { withFile } from '../workspace/with-file.ts';

/** A past commit, and what its pull request would have been told. */
export interface Replayed {
  readonly past: PastCommit;
  readonly outcome: Outcome;
  readonly evaluation: Evaluation;
}

/** `silent` where nothing that is judged changed. */
export type Outcome = Verdict | 'warning' | 'silent';

/**
 * Judges a commit against its first parent, with one policy for all commits, or where there is none with that of its
 * time. The plan is that of its time.
 */
export async function replayCommit(
  root: string,
  past: PastCommit,
  policy: SourceFile | null,
  today: string,
): Promise<Replayed> {
  const base = commitWorkspace(root, past.parent);
  const guards = policy === null ? await findGuards(base) : await findGuards(withFile(base, policy), policy.path);
  const sources = await gatherPullRequest({
    base,
    head: commitWorkspace(root, past.commit),
    changedFiles: await changedFiles(root, past.parent, past.commit),
    guards,
  });
  const evaluation = check({ ...sources, today });
  return { past, evaluation, outcome: outcomeOf(evaluation) };
}

function outcomeOf(evaluation: Evaluation): Outcome {
  const { verdict, pairs, findings, problems } = evaluation;
  if (verdict !== 'pass') return verdict;
  if (pairs.length + findings.length + problems.length === 0) return 'silent';
  return findings.some(({ level, isStanding }) => level === 'warning' && !isStanding) ? 'warning' : 'pass';
}
