import { reactionJson } from './json/conversation.ts';
import { findComment } from './comments.ts';
import { pageOf } from './page.ts';
import { found, type RestHandler } from './rest-request.ts';

export const listReactions: RestHandler = (request) => {
  const content = request.optionalText('content');
  const { reactions } = findComment(request).comment;
  const wanted = reactions.filter((reaction) => content === undefined || reaction.content === content);
  const { items, headers } = pageOf(wanted, request);
  return { status: 200, body: items.map((reaction) => reactionJson(reaction, request.urls)), headers };
};

/** 201 for a new one, 200 for one that was there. */
export const createReaction: RestHandler = (request) => {
  const { comment, pullRequest } = findComment(request);
  const { isNew, reaction } = pullRequest.react(comment, request.token.account, request.text('content'));
  return { status: isNew ? 201 : 200, body: reactionJson(reaction, request.urls) };
};

export const deleteReaction: RestHandler = (request) => {
  const { reactions } = findComment(request).comment;
  const reaction = found(reactions.find(({ id }) => id === request.number('reaction_id')));
  reactions.splice(reactions.indexOf(reaction), 1);
  return { status: 204, body: undefined };
};
