import { hunksBetween } from '../git/hunks.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { ReviewComment } from '../state/conversation.ts';
import type { PullRequest } from '../state/pull-request.ts';
import { reviewCommentJson } from './json/conversation.ts';
import { found, type RestHandler, type RestRequest } from './rest-request.ts';

/** On lines of the head's side, of which GitHub wants that one hunk shows them all. */
export const createReviewComment: RestHandler = async (request) => {
  const { pullRequest, repository, token, urls } = request;
  const [path, commit, body] = [request.text('path'), request.text('commit_id'), request.text('body')];
  const line = request.number('line');
  const startLine = request.has('start_line') ? request.number('start_line') : line;
  if (request.has('start_line') && startLine >= line) throw invalid('start_line must precede the end line.');
  const base = found((await repository.git.mergeBase(pullRequest.baseSha, commit)) ?? undefined);
  const hunks = await hunksBetween(repository.git.path, base, commit, path);
  if (!hunks.some(({ start, end }) => start <= startLine && line <= end)) {
    throw invalid('line must be part of the diff');
  }
  const lines = (await linesOf(pullRequest, path)).slice(startLine - 1, line);
  const comment = pullRequest.commentOnLines(token.account.login, { path, startLine, line, lines, body });
  return { status: 201, body: reviewCommentJson(comment, pullRequest, urls) };
};

export const updateReviewComment: RestHandler = (request) => {
  const { comment, pullRequest } = findComment(request);
  comment.body = request.text('body');
  return { status: 200, body: reviewCommentJson(comment, pullRequest, request.urls) };
};

export const deleteReviewComment: RestHandler = (request) => {
  const { comment, pullRequest } = findComment(request);
  pullRequest.reviewComments.splice(pullRequest.reviewComments.indexOf(comment), 1);
  return { status: 204, body: undefined };
};

/** The lines of a file at the head. */
export async function linesOf({ headSha, repository }: PullRequest, path: string): Promise<readonly string[]> {
  const entry = (await repository.git.tree(headSha)).get(path);
  const blob = entry === undefined ? null : await repository.git.object(entry.oid);
  return blob === null ? [] : blob.content.toString('utf8').split('\n');
}

function findComment(request: RestRequest): { comment: ReviewComment; pullRequest: PullRequest } {
  const id = request.number('comment_id');
  for (const pullRequest of request.repository.pullRequests) {
    const comment = pullRequest.reviewComments.find((candidate) => candidate.id === id);
    if (comment !== undefined) return { comment, pullRequest };
  }
  throw notFound();
}

function invalid(message: string): Refusal {
  return new Refusal(422, 'Validation Failed', {
    errors: [
      { resource: 'PullRequestReviewComment', code: 'custom', field: 'pull_request_review_thread.line', message },
    ],
  });
}
