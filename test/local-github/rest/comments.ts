import { notFound, Refusal } from '../refusal.ts';
import type { IssueComment } from '../state/conversation.ts';
import type { PullRequest } from '../state/pull-request.ts';
import { commentJson } from './json/conversation.ts';
import { pageOf } from './page.ts';
import { found, type RestHandler, type RestRequest } from './rest-request.ts';

export const listComments: RestHandler = (request) => {
  const { urls } = request;
  const pullRequest = issueOf(request);
  const since = request.optionalText('since') ?? '';
  const { items, headers } = pageOf(
    request.world
      .listed(pullRequest.comments)
      .filter(({ updatedAt }) => since === '' || Date.parse(updatedAt) >= Date.parse(since)),
    request,
  );
  return { status: 200, body: items.map((comment) => commentJson(comment, pullRequest, urls)), headers };
};

export const createComment: RestHandler = (request) => {
  const pullRequest = issueOf(request);
  if (pullRequest.locked) throw new Refusal(403, 'Unable to create comment because issue is locked.');
  const comment = pullRequest.comment(request.token.account.login, acceptedBody(request));
  return { status: 201, body: commentJson(comment, pullRequest, request.urls) };
};

export const updateComment: RestHandler = (request) => {
  const { comment, pullRequest } = findComment(request);
  pullRequest.edit(comment, request.token.account.login, acceptedBody(request));
  return { status: 200, body: commentJson(comment, pullRequest, request.urls) };
};

export const deleteComment: RestHandler = (request) => {
  const { comment, pullRequest } = findComment(request);
  pullRequest.deleteComment(comment, request.token.account.login);
  return { status: 204, body: undefined };
};

const bodyLimit = 65_536;

/** GitHub counts characters and does not say which; UTF-16 units are the stricter count. */
function acceptedBody(request: RestRequest): string {
  const body = request.text('body');
  if (body.trim() === '') throw invalidBody("body can't be blank");
  if (body.length > bodyLimit) throw invalidBody(`body is too long (maximum is ${bodyLimit} characters)`);
  return body;
}

function invalidBody(message: string): Refusal {
  return new Refusal(422, 'Validation Failed', {
    errors: [{ resource: 'IssueComment', code: 'unprocessable', field: 'data', message }],
  });
}

function issueOf(request: RestRequest): PullRequest {
  return found(request.repository.findPullRequest(request.number('issue_number')));
}

export function findComment(request: RestRequest): { comment: IssueComment; pullRequest: PullRequest } {
  const id = request.number('comment_id');
  for (const pullRequest of request.repository.pullRequests) {
    const comment = pullRequest.comments.find((candidate) => candidate.id === id);
    if (comment !== undefined) return { comment, pullRequest };
  }
  throw notFound();
}
