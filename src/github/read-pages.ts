import type { GitHubClient, RepositoryName } from './client.ts';

/** Which part of a connection of GraphQL a page is. */
export interface PageInfo {
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
}

interface Answer<PullRequest> {
  readonly repository: { readonly pullRequest: PullRequest };
}

/**
 * Asks for a pull request until all pages of one of its connections are read: the query takes `$owner`, `$repo`,
 * `$number` and `$after`. Returns what each page says of the pull request.
 */
export async function readPages<PullRequest>(
  client: GitHubClient,
  query: string,
  repository: RepositoryName,
  number: number,
  pageInfoOf: (pullRequest: PullRequest) => PageInfo,
): Promise<readonly PullRequest[]> {
  const pages: PullRequest[] = [];
  for (let after: string | null = null, more = true; more;) {
    const answer: Answer<PullRequest> = await client.graphql(query, { ...repository, number, after });
    const { pullRequest } = answer.repository;
    pages.push(pullRequest);
    ({ hasNextPage: more, endCursor: after } = pageInfoOf(pullRequest));
  }
  return pages;
}
