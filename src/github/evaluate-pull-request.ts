import { check } from '../core/check.ts';
import type { Evaluation } from '../core/report/evaluation.ts';
import { gatherPullRequest } from '../workspace/gather.ts';
import { findGuards, type GuardFiles } from '../workspace/guards.ts';
import { countReviews } from './approvals.ts';
import { listChanges, type Changes, type Range } from './changed-files.ts';
import type { GitHubClient, Repositories, RepositoryName } from './client.ts';
import { createContents, type Contents } from './contents.ts';
import type { PullRequest } from './pull-request.ts';

/** Evaluates a pull request at its head; policy and plan are those of its base branch as it stands now. */
export async function evaluatePullRequest(
  client: GitHubClient,
  repository: RepositoryName,
  pullRequest: PullRequest,
  policyPath: string | null,
): Promise<Evaluation> {
  const { number, baseRef, headSha } = pullRequest;
  const repositories = whereToLook(repository, pullRequest);
  const contents = createContents(client, repositories);
  const [changes, guards] = await Promise.all([
    listChanges(client, repositories, { base: baseRef, head: headSha, pullRequest: number }),
    findGuards(contents.at(`refs/heads/${baseRef}`), policyPath),
  ]);
  const evaluation = await evaluateChanges(contents, changes, headSha, guards);
  return countReviews(client, repository, pullRequest, evaluation, async (commit) => {
    if (commit === headSha) return evaluation.scope;
    return (await evaluateRange(client, repositories, contents, { base: baseRef, head: commit }, guards)).scope;
  });
}

/** Evaluates what a head (SHA) adds to a base (branch or SHA), under a policy and a plan that are already known. */
export async function evaluateRange(
  client: GitHubClient,
  repositories: Repositories,
  contents: Contents,
  range: Pick<Range, 'base' | 'head'>,
  guards: GuardFiles,
): Promise<Evaluation> {
  const changes = await listChanges(client, repositories, { ...range, pullRequest: null });
  return evaluateChanges(contents, changes, range.head, guards);
}

/** The repository, and the fork that the pull request is from. */
export function whereToLook(repository: RepositoryName, { headRepository }: PullRequest): Repositories {
  const isFork = headRepository !== null && fullName(headRepository) !== fullName(repository);
  return isFork ? [repository, headRepository] : [repository];
}

function fullName({ owner, repo }: RepositoryName): string {
  return `${owner}/${repo}`.toLowerCase();
}

async function evaluateChanges(
  contents: Contents,
  { mergeBase, files }: Changes,
  headSha: string,
  guards: GuardFiles,
): Promise<Evaluation> {
  const sources = { base: contents.at(mergeBase), head: contents.at(headSha), changedFiles: files, guards };
  return check(await gatherPullRequest(sources));
}
