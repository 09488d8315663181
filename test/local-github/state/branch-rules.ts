import type { App } from './app.ts';
import type { CheckRun } from './check-run.ts';
import type { MergeGroup } from './merge-group.ts';
import type { PullRequest } from './pull-request.ts';
import type { Repository } from './repository.ts';

/** What has to hold before anything is merged into a branch ("Available rules for rulesets"). */
export interface BranchRules {
  /** All branches, where not given. */
  readonly branches?: readonly string[];
  readonly checks?: readonly RequiredCheck[];
  /** Nothing is merged but by the queue. */
  readonly mergeQueue?: boolean;
}

export interface RequiredCheck {
  readonly name: string;
  /** The App that has to report it; null takes the word of anybody who may write. */
  readonly source: App | null;
}

/** Why GitHub would not let the pull request be merged, or enter the queue, at this instant; null where it would. */
export function obstacleTo({ baseBranch, draft, headSha, repository, state }: PullRequest): string | null {
  if (state === 'closed') return 'it is closed';
  if (draft) return 'it is a draft';
  return missingCheck(repository, baseBranch, headSha);
}

/** Why the queue would not merge the group at this instant; null where it would. */
export function obstacleToGroup({ baseRef, headSha, repository }: MergeGroup): string | null {
  return missingCheck(repository, baseRef.replace('refs/heads/', ''), headSha);
}

function missingCheck(repository: Repository, branch: string, sha: string): string | null {
  const rules = repository.rules.filter(({ branches }) => branches?.includes(branch) ?? true);
  for (const { name, source } of rules.flatMap(({ checks = [] }) => checks)) {
    const run = newestRun(repository, sha, name, source);
    if (run === undefined) return `the check ${name} is expected`;
    if (run.conclusion === null) return `the check ${name} is ${run.status}`;
    // "About protected branches": these three let it through
    if (!['success', 'neutral', 'skipped'].includes(run.conclusion)) return `the check ${name} says ${run.conclusion}`;
  }
  return null;
}

/** A check belongs to a commit: whichever pull request it was made for, the newest is the one that counts. */
function newestRun(repository: Repository, sha: string, name: string, source: App | null): CheckRun | undefined {
  return repository.checkSuites
    .filter(({ app, headSha }) => headSha === sha && (source === null || app === source))
    .flatMap(({ runs }) => runs)
    .filter((run) => run.name === name)
    .toSorted((one, other) => one.id - other.id)
    .at(-1);
}
