import type { GitHubClient, RepositoryName } from './client.ts';

/** A page of a connection of GraphQL. */
export interface Page<Node> {
  readonly nodes: readonly Node[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

interface Answer<Node> {
  readonly repository: { readonly pullRequest: { readonly page: Page<Node> } };
}

/**
 * All nodes of a connection of a pull request whose first page is there. `selection` asks for the page after `$after`:
 * the text that the first query had as well.
 */
export async function readRest<Node>(
  client: GitHubClient,
  repository: RepositoryName,
  number: number,
  first: Page<Node>,
  selection: string,
): Promise<readonly Node[]> {
  const nodes = [...first.nodes];
  const query = `query ($owner: String!, $repo: String!, $number: Int!, $after: String) {
    repository(owner: $owner, name: $repo) { pullRequest(number: $number) { page: ${selection} } }
  }`;
  for (let { endCursor: after, hasNextPage } = first.pageInfo; hasNextPage;) {
    const answer: Answer<Node> = await client.graphql(query, { ...repository, number, after });
    const { page } = answer.repository.pullRequest;
    nodes.push(...page.nodes);
    ({ endCursor: after, hasNextPage } = page.pageInfo);
  }
  return nodes;
}
