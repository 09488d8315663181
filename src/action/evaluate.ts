import { check } from '../core/check.ts';
import type { Evaluation } from '../core/report/evaluation.ts';
import type { GitHubClient, RepositoryName } from '../github/client.ts';
import { createContents } from '../github/contents.ts';
import { evaluateMergeGroup } from '../github/evaluate-merge-group.ts';
import { evaluatePullRequest, type EvaluationOptions } from '../github/evaluate-pull-request.ts';
import { gatherRepository } from '../workspace/gather.ts';
import { findGuards } from '../workspace/guards.ts';
import type { Subject } from './event.ts';

/** Evaluates what the workflow run is about. */
export async function evaluate(
  client: GitHubClient,
  repository: RepositoryName,
  subject: Subject,
  options: EvaluationOptions,
): Promise<Evaluation> {
  if (subject.kind === 'pull-request') {
    return (await evaluatePullRequest(client, repository, subject.pullRequest, options)).evaluation;
  }
  if (subject.kind === 'merge-group') return evaluateMergeGroup(client, repository, subject.group, options);
  const workspace = createContents(client, [repository]).at(subject.sha);
  const gathered = await gatherRepository(workspace, await findGuards(workspace, options.policyPath));
  return check({ ...gathered, today: options.today });
}
