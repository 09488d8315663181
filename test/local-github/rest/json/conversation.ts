import type { IssueComment, Reaction, Review } from '../../state/conversation.ts';
import type { PullRequest } from '../../state/pull-request.ts';
import type { Urls } from '../rest-request.ts';
import { accountJson, appJson, nodeId } from './account.ts';

/** OpenAPI `issue-comment`. */
export function commentJson(comment: IssueComment, { number, repository }: PullRequest, urls: Urls) {
  const url = `${urls.api}/repos/${repository.fullName}/issues`;
  return {
    id: comment.id,
    node_id: nodeId('IssueComment', comment.id),
    url: `${url}/comments/${comment.id}`,
    html_url: `${urls.html}/${repository.fullName}/pull/${number}#issuecomment-${comment.id}`,
    issue_url: `${url}/${number}`,
    body: comment.body,
    user: accountJson(comment.author, urls),
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    author_association: repository.associationOf(comment.author),
    performed_via_github_app: appJson(comment.author, urls, comment.createdAt),
  };
}

/** OpenAPI `reaction`. */
export function reactionJson({ by, content, createdAt, id }: Reaction, urls: Urls) {
  return { id, node_id: nodeId('Reaction', id), user: accountJson(by, urls), content, created_at: createdAt };
}

/** OpenAPI `pull-request-review`. */
export function reviewJson(review: Review, { number, repository }: PullRequest, urls: Urls) {
  const url = `${urls.api}/repos/${repository.fullName}/pulls/${number}`;
  const html = `${urls.html}/${repository.fullName}/pull/${number}#pullrequestreview-${review.id}`;
  return {
    id: review.id,
    node_id: nodeId('PullRequestReview', review.id),
    user: accountJson(review.author, urls),
    body: review.body,
    state: review.state,
    html_url: html,
    pull_request_url: url,
    _links: { html: { href: html }, pull_request: { href: url } },
    submitted_at: review.submittedAt,
    commit_id: review.commit,
    author_association: repository.associationOf(review.author),
  };
}
