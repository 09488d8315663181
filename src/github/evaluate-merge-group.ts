import { countApprovals, isApprovedBy } from '../core/policy/approval.ts';
import { verdictOf } from '../core/policy/verdict.ts';
import type { ApprovalState, Evaluation } from '../core/report/evaluation.ts';
import { findGuards } from '../workspace/guards.ts';
import { recall, type AppMemory } from './app-memory.ts';
import { holdElection, type Election, type Electorate } from './approvals.ts';
import type { GitHubClient, RepositoryName } from './client.ts';
import { readOwners } from './code-owners.ts';
import { createContents } from './contents.ts';
import { readConversation } from './conversation.ts';
import type { AppGroupRecords } from './evaluated.ts';
import { sealScope } from './fingerprint.ts';
import { evaluateRange, whereToLook, type EvaluationOptions } from './evaluate-pull-request.ts';
import { readMembers, type MergeGroup } from './merge-group.ts';

/**
 * Evaluates what a merge queue is about to merge, all its pull requests together. What waits for approval must have
 * been approved on one of them, as large as it now is.
 */
export async function evaluateMergeGroup(
  client: GitHubClient,
  repository: RepositoryName,
  group: MergeGroup,
  options: EvaluationOptions,
  records: AppGroupRecords | null = null,
): Promise<Evaluation> {
  const contents = createContents(client, [repository]);
  const guards = await findGuards(contents.at(group.baseSha), options.policyPath);
  const range = { base: group.baseSha, head: group.headSha };
  const unsealed = await evaluateRange(client, [repository], contents, range, guards, options);
  const evaluation = { ...unsealed, scope: sealScope(unsealed.scope, group.baseRef) };
  if (evaluation.approval.needed === 0) return evaluation;

  const members = (await readMembers(client, repository, group)) ?? [];
  const owners = await readOwners(contents.at(group.baseSha), evaluation);
  const electorate = { slots: evaluation.policy.approvers, owners };
  const elections = members.map(async (member) => {
    const repositories = whereToLook(repository, member);
    const memberContents = createContents(client, repositories);
    const scopeAt = async (commit: string) => {
      const memberRange = { base: group.baseSha, head: commit };
      const { scope } = await evaluateRange(client, repositories, memberContents, memberRange, guards, options);
      return sealScope(scope, member.baseRef);
    };
    const memory = records === null ? null : await recallMember(client, repository, member.number, records);
    return holdElection(client, repository, member, electorate, scopeAt, memory);
  });
  const approval = unite(evaluation, await Promise.all(elections), owners);
  return { ...evaluation, approval, verdict: verdictOf(evaluation.findings, evaluation.problems, approval) };
}

/** In the queue an approval is of what was shown on the pull request, by the ledger that its check run holds. */
async function recallMember(
  client: GitHubClient,
  repository: RepositoryName,
  number: number,
  { readLedger, secret }: AppGroupRecords,
): Promise<AppMemory> {
  const [ledger, conversation] = await Promise.all([readLedger(number), readConversation(client, repository, number)]);
  return recall({ ledger, secret }, conversation, number, null);
}

/** Approved when each item is covered by the approvals of one pull request; otherwise none of them counts. */
function unite(
  { scope, policy, approval }: Evaluation,
  elections: readonly Election[],
  owners: Electorate['owners'],
): ApprovalState {
  const counts = scope.items.map((item) => {
    const ofItem = owners?.filter(({ paths }) => item.path === null || paths.includes(item.path)) ?? null;
    return elections.map(({ ballots, contributors }) =>
      countApprovals(ballots, policy.approvers, contributors, { ...scope, items: [item] }, ofItem),
    );
  });
  const enough = counts.map((ofItem) => ofItem.find(isApprovedBy));
  const ignored = distinct(counts.flat().flatMap((count) => count.ignored));
  if (!enough.every((count) => count !== undefined)) return { ...approval, given: [], ignored };
  return { ...approval, given: distinct(enough.flatMap((count) => count.given)), ignored: [], open: [] };
}

function distinct<Voice extends { readonly by: string }>(voices: readonly Voice[]): Voice[] {
  return [...new Map(voices.map((voice) => [voice.by, voice])).values()];
}
