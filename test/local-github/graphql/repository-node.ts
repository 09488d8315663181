import type { Repository } from '../state/repository.ts';
import { actorNode } from './actor-node.ts';
import { connection, type ConnectionArguments } from './connection.ts';
import { commitNodeOf, expressionNode, gitObjectNode } from './git-object-node.ts';
import { type GraphqlContext, GraphqlRefusal, requirePermission } from './graphql-context.ts';
import { pullRequestNode } from './pull-request-node.ts';

type PullRequestsPage = ConnectionArguments & {
  readonly baseRefName?: string | null;
  readonly states?: readonly string[] | null;
};

export function repositoryNode(repository: Repository, context: GraphqlContext) {
  return {
    __typename: 'Repository',
    databaseId: repository.id,
    defaultBranchRef: () => refNode(repository.defaultBranch, repository, context),
    name: repository.name,
    nameWithOwner: repository.fullName,
    isArchived: repository.archived,
    isFork: repository.parent !== null,
    isPrivate: repository.private,
    owner: actorNode(repository.owner),
    object: ({ expression, oid }: { expression?: string | null; oid?: string | null }) => {
      requirePermission(context, 'contents:read');
      if (typeof oid === 'string') return gitObjectNode(oid, repository, context);
      return expressionNode(expression ?? 'HEAD', repository, context);
    },
    pullRequests: ({ baseRefName, states, ...page }: PullRequestsPage) => {
      requirePermission(context, 'pull_requests:read');
      const wanted = repository.pullRequests
        .filter(({ baseBranch }) => (baseRefName ?? baseBranch) === baseBranch)
        .filter(({ merge, state }) => states?.includes(merge === null ? state.toUpperCase() : 'MERGED') ?? true);
      return connection(wanted, page, (pullRequest) => pullRequestNode(pullRequest, context));
    },
    pullRequest: ({ number }: { number: number }) => {
      requirePermission(context, 'pull_requests:read');
      const pullRequest = repository.findPullRequest(number);
      if (pullRequest !== undefined) return pullRequestNode(pullRequest, context);
      throw new GraphqlRefusal('NOT_FOUND', `Could not resolve to a PullRequest with the number of ${number}.`);
    },
  };
}

/** A branch; null where it is gone. */
export async function refNode(branch: string, repository: Repository, context: GraphqlContext) {
  requirePermission(context, 'contents:read');
  const oid = await repository.git.resolve(`refs/heads/${branch}`);
  if (oid === null) return null;
  return { __typename: 'Ref', name: branch, target: () => commitNodeOf(oid, repository, context) };
}
