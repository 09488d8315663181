import { countApprovals, isApprovedBy } from '../core/policy/approvals/count-approvals.ts';
import { requirementsFor } from '../core/policy/approvals/requirement.ts';
import { verdictOf } from '../core/policy/verdict.ts';
import type { ApprovalState, Evaluation } from '../core/report/evaluation.ts';
import { findGuards } from '../workspace/guards.ts';
import { recall } from './approvals/app-memory.ts';
import { readApprovals, readContributors, type ReadApprovals } from './approvals/approvals.ts';
import type { GitHubClient, RepositoryName } from './http/client.ts';
import { createContents } from './reading/contents.ts';
import { conversationOf } from './comments/conversation.ts';
import type { AppGroupRecords } from './evaluated.ts';
import { evaluateRange, whereToLook, type EvaluationOptions } from './evaluate-pull-request.ts';
import { readMembers, type MergeGroup } from './reading/merge-group.ts';

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
  const reading = { client, repositories: [repository], contents, options } as const;
  const evaluation = await evaluateRange(reading, range, guards, group.baseRef);
  if (evaluation.approval.needed === 0) return evaluation;

  const members = (await readMembers(client, repository, group, records?.appId ?? null)) ?? [];
  const read = members.map(async (member) => {
    const repositories = whereToLook(repository, member);
    const ofMember = { ...reading, repositories, contents: createContents(client, repositories) };
    const scopeAt = async (commit: string) =>
      (await evaluateRange(ofMember, { base: group.baseSha, head: commit }, guards, member.baseRef)).scope;
    // In the queue an approval is of what was shown on the pull request, by the ledger that its check run holds
    const ledger = records === null ? null : await records.readLedger(member);
    const memory =
      records === null || ledger === null
        ? null
        : recall({ ledger, secret: records.secret }, conversationOf(member.comments), member.number, null);
    const contributors = await readContributors(client, repository, member, ledger?.pushes);
    return readApprovals(client, repository, member, contributors, evaluation.requirements, scopeAt, memory);
  });
  const approval = unite(evaluation, await Promise.all(read));
  return { ...evaluation, approval, verdict: verdictOf(evaluation.findings, evaluation.problems, approval) };
}

/** Approved when each item is covered by the approvals of one pull request; otherwise none of them counts. */
function unite({ scope, policy, approval, requirements }: Evaluation, read: readonly ReadApprovals[]): ApprovalState {
  const { unlinkedAuthors } = policy;
  const counts = scope.items.map((item) => {
    const ofItem = item.path === null ? requirements : requirementsFor(requirements, item.path);
    return read.map((ofMember) =>
      countApprovals(ofMember, { requirements: ofItem, unlinkedAuthors }, { ...scope, items: [item] }),
    );
  });
  const enough = counts.map((ofItem) => ofItem.find(isApprovedBy));
  const ignored = distinct(counts.flat().flatMap((count) => count.ignored));
  if (!enough.every((count) => count !== undefined)) return { ...approval, given: [], ignored };
  return { ...approval, given: distinct(enough.flatMap((count) => count.given)), ignored: [], open: [] };
}

function distinct<Entry extends { readonly by: string }>(entries: readonly Entry[]): Entry[] {
  return [...new Map(entries.map((entry) => [entry.by, entry])).values()];
}
