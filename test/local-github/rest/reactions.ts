import { reactionJson } from './json/conversation.ts';
import { findComment } from './comments.ts';
import type { RestHandler } from './rest-request.ts';

/** 201 for a new one, 200 for one that was there. */
export const createReaction: RestHandler = (request) => {
  const { comment, pullRequest } = findComment(request);
  const { isNew, reaction } = pullRequest.react(comment, request.token.account, request.text('content'));
  return { status: isNew ? 201 : 200, body: reactionJson(reaction, request.urls) };
};
