import { linesOf } from '../rest/review-comments.ts';
import type { Edit, IssueComment, Reaction, Review, ReviewComment, ReviewState } from '../state/conversation.ts';
import type { PullRequest } from '../state/pull-request.ts';
import type { Repository } from '../state/repository.ts';
import { actorNode } from './actor-node.ts';
import { connection, type ConnectionArguments } from './connection.ts';
import { commitNodeOf } from './git-object-node.ts';
import { type GraphqlContext, requirePermission } from './graphql-context.ts';
import { refNode, repositoryNode } from './repository-node.ts';
import { type TimelinePage, timelineOf } from './timeline.ts';

export function pullRequestNode(pullRequest: PullRequest, context: GraphqlContext) {
  const { author, headRepository, repository, reviews } = pullRequest;
  const review = (item: Review) => reviewNode(item, repository, context);
  return {
    __typename: 'PullRequest',
    databaseId: pullRequest.id,
    number: pullRequest.number,
    title: pullRequest.title,
    state: pullRequest.merge === null ? pullRequest.state.toUpperCase() : 'MERGED',
    locked: pullRequest.locked,
    merged: pullRequest.merge !== null,
    isDraft: pullRequest.draft,
    isCrossRepository: pullRequest.isFromFork,
    headRefName: pullRequest.headBranch,
    headRefOid: pullRequest.headSha,
    headRepository: () => (headRepository.exists ? repositoryNode(headRepository, context) : null),
    baseRef: () => refNode(pullRequest.baseBranch, repository, context),
    baseRefName: pullRequest.baseBranch,
    baseRefOid: pullRequest.baseSha,
    author: actorNode(author),
    authorAssociation: repository.associationOf(author),
    viewerDidAuthor: author === context.token.account,
    changedFiles: async () => (await pullRequest.changes()).length,
    files: async (page: ConnectionArguments) => connection(await pullRequest.changes(), page, ({ path }) => ({ path })),
    mergeable: async () => ((await pullRequest.testMerge()) === null ? 'CONFLICTING' : 'MERGEABLE'),
    potentialMergeCommit: async () => {
      const oid = await pullRequest.testMerge();
      return oid === null ? null : commitNodeOf(oid, repository, context);
    },
    comments: (page: ConnectionArguments) =>
      connection(context.world.listed(pullRequest.comments), page, (item) => commentNode(item, repository, context)),
    reviewThreads: (page: ConnectionArguments) =>
      connection(context.world.listed(pullRequest.reviewComments), page, (item) =>
        threadNode(item, pullRequest, context),
      ),
    reviews: ({ states, ...page }: ConnectionArguments & { states?: readonly ReviewState[] | null }) =>
      connection(
        context.world.listed(reviews).filter(({ state }) => states?.includes(state) ?? true),
        page,
        review,
      ),
    latestOpinionatedReviews: ({ writersOnly, ...page }: ConnectionArguments & { writersOnly?: boolean | null }) =>
      connection(latestOpinions(pullRequest, writersOnly ?? false), page, review),
    timelineItems: (page: TimelinePage) => timelineOf(pullRequest, page, context),
    commits: async (page: ConnectionArguments) => {
      requirePermission(context, 'contents:read');
      const oids = await repository.git.commitsBetween(pullRequest.baseSha, pullRequest.headSha);
      return connection(oids, page, (oid) => ({ commit: () => commitNodeOf(oid, repository, context) }));
    },
  };
}

/** Of each reviewer the last review that is more than a comment. */
function latestOpinions({ repository, reviews }: PullRequest, writersOnly: boolean): Review[] {
  const latest = new Map<string, Review>();
  for (const review of reviews) {
    const { login } = review.author;
    const isWriter = ['admin', 'maintain', 'write'].includes(repository.roles.get(login) ?? '');
    if (review.state !== 'COMMENTED' && (isWriter || !writersOnly)) latest.set(login, review);
  }
  return [...latest.values()];
}

function threadNode(comment: ReviewComment, pullRequest: PullRequest, { token }: GraphqlContext) {
  return {
    isOutdated: async () => {
      const now = `\n${(await linesOf(pullRequest, comment.path)).join('\n')}\n`;
      return !now.includes(`\n${comment.lines.join('\n')}\n`);
    },
    comments: (page: ConnectionArguments) =>
      connection([comment, ...comment.replies], page, ({ author, body, id }) => ({
        author: actorNode(author),
        body,
        databaseId: id,
        fullDatabaseId: String(id),
        viewerDidAuthor: author === token.account,
      })),
  };
}

function commentNode(comment: IssueComment, repository: Repository, context: GraphqlContext) {
  const { createdAt, reactions } = comment;
  return {
    ...writtenNode(comment, repository, context),
    createdAt,
    reactionGroups: reactionGroups(reactions, context),
  };
}

/** One for each kind, whether anybody has reacted with it or not. */
function reactionGroups(reactions: readonly Reaction[], { token }: GraphqlContext) {
  return Object.entries(reactionContents).map(([content, name]) => ({
    content,
    viewerHasReacted: reactions.some((reaction) => reaction.content === name && reaction.by === token.account),
  }));
}

/** What GraphQL and REST call the same. */
const reactionContents = {
  THUMBS_UP: '+1',
  THUMBS_DOWN: '-1',
  LAUGH: 'laugh',
  HOORAY: 'hooray',
  CONFUSED: 'confused',
  HEART: 'heart',
  ROCKET: 'rocket',
  EYES: 'eyes',
};

function reviewNode(review: Review, repository: Repository, context: GraphqlContext) {
  return {
    ...writtenNode(review, repository, context),
    state: review.state,
    createdAt: review.submittedAt,
    submittedAt: review.submittedAt,
    commit: () => commitNodeOf(review.commit, repository, context),
  };
}

function writtenNode(written: IssueComment | Review, repository: Repository, { token }: GraphqlContext) {
  const edit: Edit | null = written.edit;
  return {
    databaseId: written.id,
    fullDatabaseId: String(written.id),
    body: written.body,
    author: actorNode(written.author),
    authorAssociation: repository.associationOf(written.author),
    viewerDidAuthor: written.author === token.account,
    updatedAt: written.updatedAt,
    editor: edit === null ? null : actorNode(edit.editor),
    lastEditedAt: edit?.at ?? null,
  };
}
