import type { PullRequest } from '../../state/pull-request.ts';
import type { Repository } from '../../state/repository.ts';
import type { Urls } from '../rest-request.ts';
import { accountJson, nodeId } from './account.ts';
import { repositoryJson } from './repository.ts';

/** OpenAPI `pull-request-simple`, as lists show a pull request. */
export function pullRequestSimpleJson(pullRequest: PullRequest, urls: Urls) {
  const { headBranch, headRepository, number, repository } = pullRequest;
  const addresses = addressesOf(pullRequest, urls);
  return {
    ...addresses,
    id: pullRequest.id,
    node_id: nodeId('PullRequest', pullRequest.id),
    number,
    state: pullRequest.state,
    locked: pullRequest.locked,
    active_lock_reason: null,
    title: pullRequest.title,
    user: accountJson(pullRequest.author, urls),
    body: pullRequest.body,
    labels: [],
    milestone: null,
    created_at: pullRequest.createdAt,
    updated_at: pullRequest.updatedAt,
    closed_at: pullRequest.closedAt,
    merged_at: pullRequest.merge === null ? null : pullRequest.closedAt,
    merge_commit_sha: pullRequest.merge?.commit ?? null,
    assignee: null,
    assignees: [],
    requested_reviewers: [],
    requested_teams: [],
    draft: pullRequest.draft,
    head: endJson(headRepository, headBranch, pullRequest.headSha, urls),
    base: endJson(repository, pullRequest.baseBranch, pullRequest.baseSha, urls),
    _links: {
      self: { href: addresses.url },
      html: { href: addresses.html_url },
      issue: { href: addresses.issue_url },
      comments: { href: addresses.comments_url },
      commits: { href: addresses.commits_url },
      review_comments: { href: addresses.review_comments_url },
      review_comment: { href: addresses.review_comment_url },
      statuses: { href: addresses.statuses_url },
    },
    author_association: repository.associationOf(pullRequest.author),
    auto_merge: null,
  };
}

/** OpenAPI `pull-request`: with the sizes, which git has to count. */
export async function pullRequestJson(pullRequest: PullRequest, urls: Urls) {
  const { baseSha, headSha } = pullRequest;
  const { git } = pullRequest.repository;
  // Before anything is waited for, since an event shows the pull request as it was then.
  const asItIs = pullRequestSimpleJson(pullRequest, urls);
  const commentCount = pullRequest.comments.length;
  const isMerged = pullRequest.merge !== null;
  const mergedBy = pullRequest.merge === null ? null : accountJson(pullRequest.merge.by, urls);
  const changes = await pullRequest.changes();
  const total = (count: 'additions' | 'deletions') => changes.reduce((sum, change) => sum + change[count], 0);
  return {
    ...asItIs,
    merged: isMerged,
    merged_by: mergedBy,
    // GitHub computes it in the background, and answers null until then.
    mergeable: null,
    mergeable_state: 'unknown',
    rebaseable: null,
    maintainer_can_modify: false,
    comments: commentCount,
    review_comments: 0,
    commits: (await git.commitsBetween(baseSha, headSha)).length,
    additions: total('additions'),
    deletions: total('deletions'),
    changed_files: changes.length,
  };
}

/** The repository of a deleted fork is null. */
function endJson(repository: Repository, branch: string, sha: string, urls: Urls) {
  const repo = repository.exists ? { ...repositoryJson(repository, urls), ...mergeSettings } : null;
  const user = accountJson(repository.owner, urls);
  return { label: `${repository.owner.login}:${branch}`, ref: branch, sha, user, repo };
}

const mergeSettings = {
  allow_merge_commit: true,
  allow_rebase_merge: true,
  allow_squash_merge: true,
  delete_branch_on_merge: false,
};

function addressesOf({ headSha, number, repository }: PullRequest, urls: Urls) {
  const base = `${urls.api}/repos/${repository.fullName}`;
  const html = `${urls.html}/${repository.fullName}/pull/${number}`;
  return {
    url: `${base}/pulls/${number}`,
    html_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    issue_url: `${base}/issues/${number}`,
    commits_url: `${base}/pulls/${number}/commits`,
    review_comments_url: `${base}/pulls/${number}/comments`,
    review_comment_url: `${base}/pulls/comments{/number}`,
    comments_url: `${base}/issues/${number}/comments`,
    statuses_url: `${base}/statuses/${headSha}`,
  };
}

/** The `issue` of a comment's event: a pull request is an issue too. */
export function issueJson(pullRequest: PullRequest, urls: Urls) {
  const { number, repository } = pullRequest;
  const { author_association, body, closed_at, created_at, draft, html_url, issue_url, locked, ...simple } =
    pullRequestSimpleJson(pullRequest, urls);
  const { comments_url, diff_url, patch_url, state, title, updated_at, url, user } = simple;
  return {
    url: issue_url,
    repository_url: `${urls.api}/repos/${repository.fullName}`,
    labels_url: `${issue_url}/labels{/name}`,
    comments_url,
    events_url: `${issue_url}/events`,
    html_url,
    id: pullRequest.id,
    node_id: nodeId('PullRequest', pullRequest.id),
    number,
    title,
    user,
    labels: [],
    state,
    locked,
    assignee: null,
    assignees: [],
    milestone: null,
    comments: pullRequest.comments.length,
    created_at,
    updated_at,
    closed_at,
    author_association,
    active_lock_reason: null,
    draft,
    pull_request: { url, html_url, diff_url, patch_url, merged_at: simple.merged_at },
    body,
    reactions: { url: `${issue_url}/reactions`, total_count: 0, ...noReactions },
    timeline_url: `${issue_url}/timeline`,
    performed_via_github_app: null,
    state_reason: null,
  };
}

const noReactions = { '+1': 0, '-1': 0, laugh: 0, hooray: 0, confused: 0, heart: 0, rocket: 0, eyes: 0 };
