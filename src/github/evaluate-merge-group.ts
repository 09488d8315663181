import { countApprovals } from '../core/policy/approval.ts';
import { verdictOf } from '../core/policy/verdict.ts';
import type { ApprovalState, Evaluation } from '../core/report/evaluation.ts';
import { findGuards } from '../workspace/guards.ts';
import { holdElection, type Election } from './approvals.ts';
import type { GitHubClient, RepositoryName } from './client.ts';
import { createContents } from './contents.ts';
import { evaluateRange, whereToLook } from './evaluate-pull-request.ts';
import { readMembers, type MergeGroup } from './merge-group.ts';

/**
 * Evaluates what a merge queue is about to merge, all its pull requests together. What waits for approval must have
 * been approved on one of them, as large as it now is.
 */
export async function evaluateMergeGroup(
  client: GitHubClient,
  repository: RepositoryName,
  group: MergeGroup,
  policyPath: string | null,
): Promise<Evaluation> {
  const contents = createContents(client, [repository]);
  const guards = await findGuards(contents.at(group.baseSha), policyPath);
  const range = { base: group.baseSha, head: group.headSha };
  const evaluation = await evaluateRange(client, [repository], contents, range, guards);
  if (evaluation.approval.needed === 0) return evaluation;

  const members = await readMembers(client, repository, group);
  const elections = (members ?? []).map((member) => {
    const repositories = whereToLook(repository, member);
    const memberContents = createContents(client, repositories);
    return holdElection(client, repository, member, evaluation.policy.approvers, async (commit) => {
      const memberRange = { base: group.baseSha, head: commit };
      return (await evaluateRange(client, repositories, memberContents, memberRange, guards)).scope;
    });
  });
  const approval = unite(evaluation, await Promise.all(elections));
  return { ...evaluation, approval, verdict: verdictOf(evaluation.findings, evaluation.problems, approval) };
}

/** Approved when each item is covered by the approvals of one pull request; otherwise none of them counts. */
function unite({ scope, policy, approval }: Evaluation, elections: readonly Election[]): ApprovalState {
  const counts = scope.items.map((item) =>
    elections.map(({ ballots, contributors }) =>
      countApprovals(ballots, policy.approvers, contributors, { ...scope, items: [item] }),
    ),
  );
  const enough = counts.map((ofItem) => ofItem.find(({ given, needed }) => given.length >= needed));
  const ignored = distinct(counts.flat().flatMap((count) => count.ignored));
  if (!enough.every((count) => count !== undefined)) return { ...approval, given: [], ignored };
  return { ...approval, given: distinct(enough.flatMap((count) => count.given)), ignored: [] };
}

function distinct<Voice extends { readonly by: string }>(voices: readonly Voice[]): Voice[] {
  return [...new Map(voices.map((voice) => [voice.by, voice])).values()];
}
