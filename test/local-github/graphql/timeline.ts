import type { ForcePush, PullRequest } from '../state/pull-request.ts';
import { actorNode } from './actor-node.ts';
import { connection, type ConnectionArguments } from './connection.ts';
import { commitNodeOf } from './git-object-node.ts';
import type { GraphqlContext } from './graphql-context.ts';

export type TimelinePage = ConnectionArguments & { readonly itemTypes?: readonly string[] | null };

/** @throws where the query wants other items than forced pushes, which are all that this GitHub keeps in a timeline. */
export function timelineOf(pullRequest: PullRequest, page: TimelinePage, context: GraphqlContext) {
  const { itemTypes } = page;
  if (itemTypes?.join() !== 'HEAD_REF_FORCE_PUSHED_EVENT') {
    throw new Error('The local GitHub has forced pushes only: itemTypes: [HEAD_REF_FORCE_PUSHED_EVENT]');
  }
  return connection(pullRequest.forcePushes, page, (push) => forcePushNode(push, pullRequest, context));
}

function forcePushNode({ after, at, before, by }: ForcePush, { repository }: PullRequest, context: GraphqlContext) {
  return {
    __typename: 'HeadRefForcePushedEvent',
    actor: actorNode(by),
    createdAt: at,
    beforeCommit: () => commitNodeOf(before, repository, context),
    afterCommit: () => commitNodeOf(after, repository, context),
  };
}
