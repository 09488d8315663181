import { actorFields, loginOf, type Actor } from './actor.ts';
import type { GitHubClient, RepositoryName } from '../http/client.ts';
import { commitsPage, type CommitNode } from '../approvals/contributors.ts';
import { commentsPage, type CommentNode } from '../comments/conversation.ts';
import {
  headRunsFields,
  knownCheckRuns,
  readSharedHead,
  runFragment,
  runsFields,
  runsFragment,
  sharedHeadOf,
  type KnownCheckRuns,
  type RunsAnswer,
  type SharedHead,
} from '../checks/known-check-runs.ts';
import { checkName } from '../checks/check.ts';
import { readRest, type Page } from '../http/read-pages.ts';
import { reviewsPage, type ReviewNode } from '../approvals/reviews.ts';

/** What is known of a pull request before anything of it is read. */
export interface PullRequest {
  readonly number: number;
  /** Branch that it is to be merged into. */
  readonly baseRef: string;
  readonly headSha: string;
  /** null where the fork has been deleted. */
  readonly headRepository: RepositoryName | null;
  /** null where the account has been deleted. */
  readonly author: string | null;
}

/** A branch as it stands now. */
export interface Branch {
  readonly name: string;
  readonly sha: string;
}

/** A pull request as it stands now, with all that people did and said on it. */
export interface PullRequestNow extends PullRequest {
  readonly isOpen: boolean;
  readonly isMerged: boolean;
  /** Tip of its base; null where that branch is gone. */
  readonly baseSha: string | null;
  /** null where the repository has none. */
  readonly defaultBranch: Branch | null;
  readonly reviews: readonly ReviewNode[];
  readonly commits: readonly CommitNode[];
  /** False where GitHub did not list every commit. */
  readonly areAllCommits: boolean;
  readonly comments: readonly CommentNode[];
  /** What the App has said of it; null without the App. */
  readonly checks: KnownCheckRuns | null;
}

interface Ref {
  readonly name: string;
  readonly target: { readonly oid: string } | null;
}

interface Answer {
  readonly repository: {
    readonly defaultBranchRef: Ref | null;
    readonly pullRequest: RunsAnswer & {
      readonly state: string;
      readonly baseRefName: string;
      readonly baseRef: Ref | null;
      readonly headRepository: { readonly name: string; readonly owner: { readonly login: string } } | null;
      readonly author: Actor | null;
      readonly reviews: Page<ReviewNode>;
      readonly commits: Page<{ readonly commit: CommitNode }> & { readonly totalCount: number };
      readonly comments: Page<CommentNode>;
    };
  };
}

/**
 * Reads a pull request in one request as a rule. `appId`: with the check runs of that App, which only a token of it may
 * see; null leaves them out.
 */
export async function readPullRequest(
  client: GitHubClient,
  repository: RepositoryName,
  number: number,
  appId: number | null = null,
): Promise<PullRequestNow> {
  const checks = appId === null ? {} : { appId, checkName };
  const query = appId === null ? withoutChecks : withChecks;
  const answer: Answer = await client.graphql(query, { ...repository, number, after: null, ...checks });
  const { defaultBranchRef, pullRequest } = answer.repository;
  const { author, baseRef, headRepository } = pullRequest;
  const [reviews, commits, comments] = await Promise.all([
    readRest(client, repository, number, pullRequest.reviews, reviewsPage),
    readRest(client, repository, number, pullRequest.commits, commitsPage),
    readRest(client, repository, number, pullRequest.comments, commentsPage),
  ]);
  return {
    number,
    baseRef: pullRequest.baseRefName,
    baseSha: baseRef?.target?.oid ?? null,
    headSha: pullRequest.headRefOid,
    headRepository: headRepository && { owner: headRepository.owner.login, repo: headRepository.name },
    author: author && loginOf(author),
    isOpen: pullRequest.state === 'OPEN',
    isMerged: pullRequest.state === 'MERGED',
    defaultBranch: branchOf(defaultBranchRef),
    reviews,
    commits: commits.map(({ commit }) => commit),
    areAllCommits: commits.length === pullRequest.commits.totalCount,
    comments,
    checks: appId === null ? null : await knownCheckRuns(client, repository, number, pullRequest, appId),
  };
}

function branchOf(ref: Ref | null): Branch | null {
  return ref?.target == null ? null : { name: ref.name, sha: ref.target.oid };
}

const fields = `state headRefOid baseRefName baseRef { name target { oid } }
  headRepository { name owner { login } }
  author { ${actorFields} }
  ${reviewsPage}
  ${commitsPage}
  ${commentsPage}`;

const withoutChecks = `query ($owner: String!, $repo: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $repo) {
    defaultBranchRef { name target { oid } }
    pullRequest(number: $number) { ${fields} }
  }
}`;

const withChecks = `query ($owner: String!, $repo: String!, $number: Int!, $after: String, $appId: Int!, $checkName: String!) {
  repository(owner: $owner, name: $repo) {
    defaultBranchRef { name target { oid } }
    pullRequest(number: $number) { ${fields} ${runsFields} }
  }
}
${runsFragment}`;

/** What may have changed of a pull request while it was evaluated. */
export interface PullRequestLater {
  readonly baseRef: string;
  readonly headSha: string;
  readonly isOpen: boolean;
  readonly comments: readonly CommentNode[];
  readonly head: SharedHead;
}

/** Reads it once more, for whoever is about to publish. */
export async function readPullRequestLater(
  client: GitHubClient,
  repository: RepositoryName,
  number: number,
  appId: number,
): Promise<PullRequestLater> {
  const answer: {
    readonly repository: {
      readonly pullRequest: Pick<
        Answer['repository']['pullRequest'],
        'baseRefName' | 'comments' | 'head' | 'headRefOid' | 'state'
      >;
    };
  } = await client.graphql(laterQuery, { ...repository, number, after: null, appId, checkName });
  const { pullRequest } = answer.repository;
  const { headRefOid: headSha } = pullRequest;
  const [comments, head] = await Promise.all([
    readRest(client, repository, number, pullRequest.comments, commentsPage),
    sharedHeadOf(pullRequest, appId) ?? readSharedHead(client, repository, headSha, appId),
  ]);
  return { baseRef: pullRequest.baseRefName, headSha, isOpen: pullRequest.state === 'OPEN', comments, head };
}

const laterQuery = `query ($owner: String!, $repo: String!, $number: Int!, $after: String, $appId: Int!, $checkName: String!) {
  repository(owner: $owner, name: $repo) {
    pullRequest(number: $number) { state baseRefName ${headRunsFields} ${commentsPage} }
  }
}
${runFragment}`;
