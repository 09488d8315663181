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
    locked: false,
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
  const { git } = pullRequest.repository;
  const changes = await pullRequest.changes();
  const total = (count: 'additions' | 'deletions') => changes.reduce((sum, change) => sum + change[count], 0);
  return {
    ...pullRequestSimpleJson(pullRequest, urls),
    merged: pullRequest.merge !== null,
    merged_by: pullRequest.merge === null ? null : accountJson(pullRequest.merge.by, urls),
    // GitHub computes it in the background, and answers null until then.
    mergeable: null,
    mergeable_state: 'unknown',
    rebaseable: null,
    maintainer_can_modify: false,
    comments: pullRequest.comments.length,
    review_comments: 0,
    commits: (await git.commitsBetween(pullRequest.baseSha, pullRequest.headSha)).length,
    additions: total('additions'),
    deletions: total('deletions'),
    changed_files: changes.length,
  };
}

/** The repository of a deleted fork is null. */
function endJson(repository: Repository, branch: string, sha: string, urls: Urls) {
  const repo = repository.exists ? repositoryJson(repository, urls) : null;
  const user = accountJson(repository.owner, urls);
  return { label: `${repository.owner.login}:${branch}`, ref: branch, sha, user, repo };
}

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
