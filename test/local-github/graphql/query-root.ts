import { viewerNode } from './actor-node.ts';
import { type GraphqlContext, GraphqlRefusal } from './graphql-context.ts';
import { repositoryNode } from './repository-node.ts';

export function queryRoot(context: GraphqlContext) {
  return {
    viewer: () => viewerNode(context.token.account),
    rateLimit: () => {
      const { reset, ...rest } = context.token.budget.state();
      return { ...rest, cost: 1, nodeCount: 1, resetAt: new Date(reset * 1000).toISOString() };
    },
    repository: ({ name, owner }: { name: string; owner: string }) => {
      const repository = context.world.findRepository(owner, name);
      if (repository !== undefined) return repositoryNode(repository, context);
      throw new GraphqlRefusal('NOT_FOUND', `Could not resolve to a Repository with the name '${owner}/${name}'.`);
    },
  };
}
