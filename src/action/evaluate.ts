import { check } from '../core/check.ts';
import type { Evaluation } from '../core/report/evaluation.ts';
import type { GitHubClient, RepositoryName } from '../github/http/client.ts';
import type { ListedComments } from '../github/comments/comment.ts';
import { createContents } from '../github/reading/contents.ts';
import { evaluateMergeGroup } from '../github/evaluate-merge-group.ts';
import { evaluatePullRequest, type EvaluationOptions } from '../github/evaluate-pull-request.ts';
import { readPullRequest } from '../github/reading/pull-request.ts';
import { gatherRepository } from '../workspace/gather.ts';
import { findGuards } from '../workspace/guards.ts';
import type { Subject } from './event.ts';

/** Evaluates what the workflow run is about. */
export async function evaluate(
  client: GitHubClient,
  repository: RepositoryName,
  subject: Subject,
  options: EvaluationOptions,
): Promise<Evaluated> {
  if (subject.kind === 'pull-request') {
    const now = await readPullRequest(client, repository, subject.number, null);
    // The job is about the commit that it was started for, whatever has been pushed since
    const pullRequest = { ...now, headSha: subject.headSha };
    const { because, evaluation } = await evaluatePullRequest(client, repository, pullRequest, options);
    const comments = { currentHeadSha: now.headSha, isOpen: now.isOpen, nodes: now.comments };
    return { evaluation, because, comments };
  }
  return { evaluation: await evaluateOther(client, repository, subject, options), because: null, comments: null };
}

/** An evaluation, why it is this one that is shown, and what people have said so far; null where nobody can. */
export interface Evaluated {
  readonly evaluation: Evaluation;
  readonly because: string | null;
  readonly comments: ListedComments | null;
}

async function evaluateOther(
  client: GitHubClient,
  repository: RepositoryName,
  subject: Exclude<Subject, { readonly kind: 'pull-request' }>,
  options: EvaluationOptions,
): Promise<Evaluation> {
  if (subject.kind === 'merge-group') return evaluateMergeGroup(client, repository, subject.group, options);
  const workspace = createContents(client, [repository]).at(subject.sha);
  const gathered = await gatherRepository(workspace, await findGuards(workspace, options.policyPath));
  return check({ ...gathered, today: options.today });
}
