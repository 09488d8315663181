import { withApprovals } from '../core/check.ts';
import type { ApprovalScope, Ballot, Contributors } from '../core/policy/approval.ts';
import type { Approvers } from '../core/policy/policy.ts';
import type { Evaluation } from '../core/report/evaluation.ts';
import type { GitHubClient, RepositoryName } from './client.ts';
import { readContributors } from './contributors.ts';
import type { PullRequest } from './pull-request.ts';
import { readStanding } from './reviewers.ts';
import { readApprovals } from './reviews.ts';
import { statusOf } from './status-of.ts';

/** Each older commit that was reviewed costs an evaluation; approvals of still older ones are given again. */
const maxOlderCommits = 3;

/** What stood at a commit of the pull request, for an approval that was given there. */
export type ScopeAt = (commit: string) => Promise<ApprovalScope>;

/** Approving reviews of one pull request, with all that decides whether they count. */
export interface Election {
  readonly ballots: readonly Ballot[];
  readonly contributors: Contributors;
}

/** The evaluation with the pull request's approving reviews counted, where it needs any. */
export async function countReviews(
  client: GitHubClient,
  repository: RepositoryName,
  pullRequest: PullRequest,
  evaluation: Evaluation,
  scopeAt: ScopeAt,
): Promise<Evaluation> {
  if (evaluation.approval.needed === 0) return evaluation;
  const election = await holdElection(client, repository, pullRequest, evaluation.policy.approvers, scopeAt);
  return withApprovals(evaluation, election.ballots, election.contributors);
}

/** Reads the approving reviews of a pull request, what each covers, and who took part in the change. */
export async function holdElection(
  client: GitHubClient,
  repository: RepositoryName,
  pullRequest: PullRequest,
  approvers: Approvers,
  scopeAt: ScopeAt,
): Promise<Election> {
  const [reviews, contributors] = await Promise.all([
    readApprovals(client, repository, pullRequest.number),
    readContributors(client, repository, pullRequest),
  ]);
  const scopes = readScopes(reviews, pullRequest.headSha, scopeAt);
  const ballots = reviews.map(async ({ login, isBot, commit }): Promise<Ballot> => {
    const [standing, scope] = await Promise.all([
      // An app has no role, and the question would be answered with an error
      isBot ? { roleName: null, teams: {} } : readStanding(client, repository, login, approvers),
      commit === null ? null : (scopes.get(commit) ?? null),
    ]);
    return { login, isBot, how: 'review', ...standing, scope };
  });
  return { ballots: await Promise.all(ballots), contributors };
}

/** What stood at the head and at the newest of the older commits that were reviewed. */
function readScopes(
  reviews: readonly { readonly commit: string | null }[],
  headSha: string,
  scopeAt: ScopeAt,
): ReadonlyMap<string, Promise<ApprovalScope | null>> {
  const commits = [...new Set(reviews.flatMap(({ commit }) => commit ?? []))];
  const older = commits.filter((commit) => commit !== headSha).slice(0, maxOlderCommits);
  const known = commits.filter((commit) => commit === headSha || older.includes(commit));
  return new Map(known.map((commit) => [commit, scopeOrNull(commit, scopeAt)]));
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
