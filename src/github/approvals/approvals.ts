import { approvalPolicyOf } from '../../core/check.ts';
import type { Approval } from '../../core/policy/approvals/approval.ts';
import { carryLedger, keepLedger, recallWithdrawals } from '../../core/policy/approvals/carry-ledger.ts';
import {
  judgeApprovals,
  type ApprovalsToCount,
  type Contributors,
} from '../../core/policy/approvals/count-approvals.ts';
import type { CommentEdit, Ledger } from '../../core/policy/approvals/ledger.ts';
import type { Approver } from '../../core/policy/approvals/opening.ts';
import type { ApprovalRequest, ApprovalScope } from '../../core/policy/approvals/request.ts';
import type { ApprovalRequirement } from '../../core/policy/approvals/requirement.ts';
import { approvalsThatStand, type Said, type Withdrawal } from '../../core/policy/approvals/withdrawal.ts';
import type { Evaluation } from '../../core/report/evaluation.ts';
import type { AppMemory } from './app-memory.ts';
import type { GitHubClient, RepositoryName } from '../http/client.ts';
import { botsToLookUp, contributorsOf } from './contributors.ts';
import { findMereMerges } from './mere-merges.ts';
import type { PullRequestNow } from '../reading/pull-request.ts';
import { isBotAccount, readApprover, wantedOfApprovers, type ApproverWanted } from './reviewers.ts';
import { saidInReviews } from './reviews.ts';
import { statusOf } from '../http/status-of.ts';

/** Each older commit that was reviewed costs an evaluation; approvals of still older ones are given again. */
const maxOlderCommits = 3;

/** Each person who approved costs a few requests: a crowd must not use up what GitHub lets us ask. */
const maxPeople = 50;

/** Names of bots in commits that are looked up; beyond these nobody is believed to be one. */
const maxBots = 5;

/** What stood at a commit of the pull request, for an approval that was given there. */
export type ScopeAt = (commit: string) => Promise<ApprovalScope>;

/** Approvals of one pull request, with all that decides whether they count, and what was taken back. */
export interface ReadApprovals extends ApprovalsToCount {
  /** Each with the reason. */
  readonly takenBack: readonly Approval[];
  readonly withdrawals: readonly Withdrawal[];
}

/** The ledger after an evaluation, by the approvals that were read for it; null where nothing waits and none were read. */
export function ledgerAfter(
  memory: AppMemory,
  evaluation: Pick<Evaluation, 'scope' | 'policy' | 'requirements'>,
  read: ReadApprovals | null,
  also: { readonly shown: readonly ApprovalRequest[]; readonly edits: readonly CommentEdit[] },
): Ledger {
  if (read === null) return keepLedger(memory.ledger, also.edits);
  const judged = judgeApprovals(read, approvalPolicyOf(evaluation), evaluation.scope);
  return carryLedger(memory.ledger, {
    approvals: [...judged, ...read.takenBack],
    withdrawals: read.withdrawals,
    shown: [...requestsSeenIn(read), ...also.shown],
    edits: also.edits,
  });
}

/** What the codes of reviews stand for. */
function requestsSeenIn({ approvals, scopes }: ReadApprovals): readonly ApprovalRequest[] {
  return approvals.flatMap(({ code, commit, id }) => {
    const scope = scopes.get(id);
    return code === null || commit === null || scope === undefined ? [] : [{ code, commit, scope, contributors: [] }];
  });
}

/** The evaluation with approvals that the ledger remembers and that are no more, each with the reason. */
export function withFallen(evaluation: Evaluation, { entries }: Ledger): Evaluation {
  const { approval } = evaluation;
  if (approval.needed === 0) return evaluation;
  const named = new Set([...approval.given, ...approval.ignored].map(({ by }) => by.toLowerCase()));
  const fallen = new Map(
    entries.flatMap((entry) => {
      const person = entry.by.toLowerCase();
      return entry.ignoredBecause === null || named.has(person) ? [] : [[person, entry] as const];
    }),
  );
  return { ...evaluation, approval: { ...approval, ignored: [...approval.ignored, ...fallen.values()] } };
}

/** Everybody who made a part of the pull request. */
export async function readContributors(
  client: GitHubClient,
  repository: RepositoryName,
  { areAllCommits: areAll, author, commits }: PullRequestNow,
  pushes: Ledger['pushes'] = [],
): Promise<Contributors> {
  const named = botsToLookUp(commits).slice(0, maxBots);
  const [mereMerges, ...areBots] = await Promise.all([
    findMereMerges(client, repository, commits),
    ...named.map((login) => isBotAccount(client, login)),
  ]);
  const bots = new Set(named.filter((_, index) => areBots[index]));
  return contributorsOf({ author, commits, areAll, pushes, mereMerges, bots });
}

/**
 * Reads the approvals of a pull request, who gave them, and what each covers. Without the App's memory
 * these are its approving reviews. An approval is of what its author saw, never of what stands when it is counted.
 */
export async function readApprovals(
  client: GitHubClient,
  repository: RepositoryName,
  pullRequest: PullRequestNow,
  contributors: Contributors,
  requirements: readonly ApprovalRequirement[],
  scopeAt: ScopeAt,
  memory: AppMemory | null = null,
): Promise<ReadApprovals> {
  const reviews = saidInReviews(pullRequest.reviews);
  const said = memory === null ? reviews : recallWithdrawals(memory.ledger, together(reviews, memory.said));
  const { standing, takenBack } = approvalsThatStand(said);
  const [approvers, scopes] = await Promise.all([
    lookUpApprovers(client, repository, standing, wantedOfApprovers(requirements)),
    scopesSeen(standing, pullRequest.headSha, scopeAt, memory),
  ]);
  const approvals = standing.map((approval) => withCode(approval, scopes.get(approval.id) ?? null, memory));
  return { approvals, approvers, scopes, contributors, takenBack, withdrawals: said.withdrawals };
}

function together(one: Said, other: Said): Said {
  return {
    approvals: [...one.approvals, ...other.approvals],
    withdrawals: [...one.withdrawals, ...other.withdrawals],
  };
}

/** The code of what was seen, where a review names none; one under which nothing was shown is a mistake or a guess. */
function withCode(approval: Approval, scope: ApprovalScope | null, memory: AppMemory | null): Approval {
  const { how, ignoredBecause } = approval;
  const code = approval.code ?? (scope === null ? null : (memory?.codeOf(scope) ?? null));
  if (how === 'review' || scope !== null || ignoredBecause !== null) return { ...approval, code };
  const unknown = `approved the code ${code ?? ''}, under which scalegate has shown nothing here; approve again`;
  return { ...approval, code, ignoredBecause: unknown };
}

/**
 * What those who approved saw. Of a command or a press: what was shown under its code. Of a review: what the ledger has of
 * it; else what the check showed on the commit when the review was given; else, where none was shown, what stands at that
 * commit under the policy and plan of now.
 */
async function scopesSeen(
  approvals: readonly Approval[],
  headSha: string,
  scopeAt: ScopeAt,
  memory: AppMemory | null,
): Promise<ReadonlyMap<string, ApprovalScope>> {
  const known = new Map(
    approvals.flatMap((approval) => {
      const isReview = approval.how === 'review';
      const scope = isReview ? memory?.scopeSeenBy(approval) : memory?.scopes.get(approval.code ?? '');
      return scope == null ? [] : [[approval.id, scope] as const];
    }),
  );
  const unknown = approvals.filter(({ id, how }) => how === 'review' && !known.has(id));
  const commits = [...new Set(unknown.flatMap(({ commit }) => commit ?? []))];
  const older = commits.filter((commit) => commit !== headSha).slice(0, maxOlderCommits);
  const wanted = commits.filter((commit) => commit === headSha || older.includes(commit));
  const atCommits = await Promise.all(
    wanted.map(async (commit) => [commit, await scopeOrNull(commit, scopeAt)] as const),
  );
  const scopes = new Map(atCommits);
  const evaluated = unknown.flatMap(({ id, commit }) => {
    const scope = scopes.get(commit ?? '') ?? null;
    return scope === null ? [] : [[id, scope] as const];
  });
  return new Map([...known, ...evaluated]);
}

/** null for a commit that is gone, as after a force-push: nobody can say what an approval of it covered. */
async function scopeOrNull(commit: string, scopeAt: ScopeAt): Promise<ApprovalScope | null> {
  try {
    return await scopeAt(commit);
  } catch (error) {
    if (statusOf(error) === 404) return null;
    throw error;
  }
}

/** Each person once, those who approved last first. */
async function lookUpApprovers(
  client: GitHubClient,
  repository: RepositoryName,
  approvals: readonly Approval[],
  wanted: ApproverWanted,
): Promise<ReadonlyMap<string, Approver>> {
  // An app has no role, and the question would be answered with an error
  const people = [...new Set(approvals.filter(({ isBot }) => !isBot).map(({ by }) => by.toLowerCase()))];
  const found = people.slice(0, maxPeople).map(async (person) => {
    return [person, await readApprover(client, repository, person, wanted)] as const;
  });
  return new Map(await Promise.all(found));
}
