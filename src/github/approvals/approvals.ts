import { approvalPolicyOf, withApprovals } from '../../core/check.ts';
import { worthOf, type ApprovalScope, type Approval, type Contributors } from '../../core/policy/approval.ts';
import { carryLedger, keepLedger, recallWithdrawals } from '../../core/policy/carry-ledger.ts';
import type { CommentEdit, Ledger, ShownScope } from '../../core/policy/ledger.ts';
import type { ApprovalRequirement } from '../../core/policy/approval-requirement.ts';
import { approvalsThatStand, type Statement } from '../../core/policy/statement.ts';
import type { Evaluation } from '../../core/report/evaluation.ts';
import type { AppMemory } from './app-memory.ts';
import type { GitHubClient, RepositoryName } from '../http/client.ts';
import { botsToLookUp, contributorsOf } from './contributors.ts';
import { findMereMerges } from './mere-merges.ts';
import type { PullRequestNow } from '../reading/pull-request.ts';
import { isBotAccount, readStanding, standingFor, type Standing, type StandingWanted } from './reviewers.ts';
import { statementsOfReviews } from './reviews.ts';
import { statusOf } from '../http/status-of.ts';

/** Each older commit that was reviewed costs an evaluation; approvals of still older ones are given again. */
const maxOlderCommits = 3;

/** Each person who approved costs a few requests: a crowd must not use up what GitHub lets us ask. */
const maxPeople = 50;

/** Names of bots in commits that are looked up; beyond these nobody is believed to be one. */
const maxBots = 5;

/** What stood at a commit of the pull request, for an approval that was given there. */
export type ScopeAt = (commit: string) => Promise<ApprovalScope>;

/** Approvals of one pull request, with all that decides whether they count. */
export interface ReadApprovals {
  /** Newest first. */
  readonly approvals: readonly Approval[];
  readonly contributors: Contributors;
  /** Everything that was said, whether it stands or not; approvals with the code of what they approved. */
  readonly statements: readonly Statement[];
  /** Why a statement no longer stands, by its id. */
  readonly takenBack: ReadonlyMap<string, string>;
  /** What the codes of reviews stand for. */
  readonly shown: readonly ShownScope[];
}

/** The evaluation with the approvals counted that were read. */
export function withReadApprovals(evaluation: Evaluation, read: ReadApprovals): Evaluation {
  return withApprovals(evaluation, read.approvals, read.contributors);
}

/** The ledger after an evaluation, by the approvals that were read for it; null where nothing waits and none were read. */
export function ledgerAfter(
  memory: AppMemory,
  evaluation: Pick<Evaluation, 'scope' | 'policy' | 'requirements'>,
  read: ReadApprovals | null,
  also: { readonly shown: readonly ShownScope[]; readonly edits: readonly CommentEdit[] },
): Ledger {
  if (read === null) return keepLedger(memory.ledger, also.edits);
  const { approvals, contributors, statements, takenBack, shown } = read;
  const worth = new Map([
    ...takenBack,
    ...worthOf(approvals, approvalPolicyOf(evaluation), contributors, evaluation.scope),
  ]);
  return carryLedger(memory.ledger, { statements, worth, shown: [...shown, ...also.shown], edits: also.edits });
}

/** The evaluation with approvals that the ledger remembers and that are no more, each with the reason. */
export function withFallen(evaluation: Evaluation, { entries }: Ledger): Evaluation {
  const { approval } = evaluation;
  if (approval.needed === 0) return evaluation;
  const named = new Set([...approval.given, ...approval.ignored].map(({ by }) => by.toLowerCase()));
  const fallen = new Map(
    entries.flatMap(({ by, how, at, ignoredBecause: reason }) => {
      const isNew = reason !== null && !named.has(by.toLowerCase());
      return isNew ? [[by.toLowerCase(), { by, how, at, reason }] as const] : [];
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
 * Reads the approvals of a pull request, what each covers, and who took part in the change. Without the App's memory
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
  const reviews = statementsOfReviews(pullRequest.reviews);
  const said = memory === null ? reviews : recallWithdrawals(memory.ledger, [...reviews, ...memory.statements]);
  const { standing, takenBack } = approvalsThatStand(said);
  const standingOf = lookUpStandings(client, repository, standing, standingFor(requirements));
  const scopeOf = scopesOfReviews(standing, pullRequest.headSha, scopeAt, memory);
  const checked = await Promise.all(
    standing.map(async (statement) => {
      const [authority, seen] = await Promise.all([
        standingOf(statement),
        statement.how === 'review' ? scopeOf(statement) : rememberedScope(statement, memory),
      ]);
      const code = seen.scope === null ? statement.code : (statement.code ?? memory?.codeOf(seen.scope) ?? null);
      return { statement: { ...statement, code }, authority, ...seen };
    }),
  );
  const withdrawn = said.filter(({ id }) => takenBack.has(id));
  return {
    approvals: checked.map(({ statement: { id, by, isBot, how, at }, authority, scope, flaw }) => {
      return { id, login: by, isBot, how, at, ...authority, scope, flaw };
    }),
    contributors,
    statements: [...checked.map(({ statement }) => statement), ...withdrawn],
    takenBack,
    shown: checked.flatMap(({ statement: { code, commit }, scope }) =>
      code === null || commit === null || scope === null ? [] : [{ code, commit, scope, contributors: [] }],
    ),
  };
}

interface SeenScope {
  readonly scope: ApprovalScope | null;
  readonly flaw: string | null;
}

/** What a code stands for, by what was shown under it. */
function rememberedScope({ code, flaw }: Statement, memory: AppMemory | null): SeenScope {
  const scope = code === null ? null : (memory?.scopes.get(code) ?? null);
  if (flaw !== null || scope !== null) return { scope, flaw };
  return {
    scope,
    flaw: `approved the code ${code ?? ''}, under which scalegate has shown nothing here; approve again`,
  };
}

/**
 * What the author of a review saw: what the ledger has of it; else what the check showed on the commit when the review was
 * given; else, where none was shown, what stands at that commit under the policy and plan of now.
 */
function scopesOfReviews(
  approvals: readonly Statement[],
  headSha: string,
  scopeAt: ScopeAt,
  memory: AppMemory | null,
): (review: Statement) => Promise<SeenScope> {
  const known = new Map(
    approvals.flatMap((review) => {
      const scope = memory?.scopeSeenBy(review) ?? null;
      return scope === null ? [] : [[review.id, scope] as const];
    }),
  );
  const unknown = approvals.filter(({ id, how }) => how === 'review' && !known.has(id));
  const commits = [...new Set(unknown.flatMap(({ commit }) => commit ?? []))];
  const older = commits.filter((commit) => commit !== headSha).slice(0, maxOlderCommits);
  const wanted = commits.filter((commit) => commit === headSha || older.includes(commit));
  const scopes = new Map(wanted.map((commit) => [commit, scopeOrNull(commit, scopeAt)]));
  return async ({ id, commit }) => {
    const scope = known.get(id) ?? (commit === null ? null : ((await scopes.get(commit)) ?? null));
    return { scope, flaw: null };
  };
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

const unknownStanding: Standing = { roleName: null, canWrite: null, teams: {} };

/** Each person once, those who approved last first. */
function lookUpStandings(
  client: GitHubClient,
  repository: RepositoryName,
  approvals: readonly Statement[],
  wanted: StandingWanted,
): (statement: Statement) => Promise<Standing> {
  // An app has no role, and the question would be answered with an error
  const people = [...new Set(approvals.filter(({ isBot }) => !isBot).map(({ by }) => by.toLowerCase()))];
  const standings = new Map(
    people.slice(0, maxPeople).map((person) => [person, readStanding(client, repository, person, wanted)]),
  );
  return async ({ by, isBot }) =>
    isBot ? unknownStanding : ((await standings.get(by.toLowerCase())) ?? unknownStanding);
}
