import type { IssueComment, Reaction, Review, ReviewComment } from '../../state/conversation.ts';
import type { PullRequest } from '../../state/pull-request.ts';
import type { Urls } from '../rest-request.ts';
import { accountJson, nodeId } from './account.ts';
import { actingAppJson } from './app.ts';

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
    performed_via_github_app: actingAppJson(comment.author, urls, comment.createdAt),
    reactions: reactionsJson(comment, `${url}/comments/${comment.id}/reactions`),
  };
}

/** OpenAPI `reaction-rollup`. */
function reactionsJson({ reactions }: IssueComment, url: string) {
  const count = (content: string) => reactions.filter((reaction) => reaction.content === content).length;
  const counts = reactionContents.map((content) => [content, count(content)] as const);
  return { url, total_count: reactions.length, ...Object.fromEntries(counts) };
}

const reactionContents = ['+1', '-1', 'laugh', 'confused', 'heart', 'hooray', 'eyes', 'rocket'];

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

/** OpenAPI `pull-request-review-comment`. */
export function reviewCommentJson(comment: ReviewComment, { number, repository }: PullRequest, urls: Urls) {
  const url = `${urls.api}/repos/${repository.fullName}/pulls/comments/${comment.id}`;
  const pullRequest = `${urls.api}/repos/${repository.fullName}/pulls/${number}`;
  const html = `${urls.html}/${repository.fullName}/pull/${number}#discussion_r${comment.id}`;
  return {
    id: comment.id,
    node_id: nodeId('PullRequestReviewComment', comment.id),
    url,
    html_url: html,
    pull_request_url: pullRequest,
    pull_request_review_id: comment.id,
    _links: { self: { href: url }, html: { href: html }, pull_request: { href: pullRequest } },
    diff_hunk: '',
    path: comment.path,
    line: comment.line,
    start_line: comment.startLine === comment.line ? null : comment.startLine,
    side: 'RIGHT',
    commit_id: comment.commit,
    original_commit_id: comment.commit,
    user: accountJson(comment.author, urls),
    body: comment.body,
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    author_association: repository.associationOf(comment.author),
  };
}
