import type { GitHubClient, RepositoryName } from './client.ts';

/** The approving review of one person, as it stands now. */
export interface ApprovingReview {
  readonly login: string;
  readonly isBot: boolean;
  /** The commit that was reviewed; null when GitHub no longer knows it. */
  readonly commit: string | null;
}

interface ReviewsPage {
  readonly repository: {
    readonly pullRequest: {
      readonly reviews: {
        readonly nodes: readonly {
          readonly state: string;
          readonly author: { readonly __typename: string; readonly login: string } | null;
          readonly commit: { readonly oid: string } | null;
        }[];
        readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
      };
    };
  };
}

const query = `query ($owner: String!, $repo: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $repo) {
    pullRequest(number: $number) {
      reviews(first: 100, after: $after, states: [APPROVED, CHANGES_REQUESTED, DISMISSED]) {
        nodes { state author { __typename login } commit { oid } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}`;

/**
 * Approvals of a pull request, newest first. Of each person only the latest opinion counts: one who later asks for
 * changes, or whose review was dismissed, does not approve, whatever came before.
 */
export async function readApprovals(
  client: GitHubClient,
  repository: RepositoryName,
  number: number,
): Promise<readonly ApprovingReview[]> {
  const latest = new Map<string, ApprovingReview | null>();
  for (let after: string | null = null, more = true; more;) {
    const page: ReviewsPage = await client.graphql(query, { ...repository, number, after });
    const { nodes, pageInfo } = page.repository.pullRequest.reviews;
    for (const { state, author, commit } of nodes) {
      if (author === null) continue;
      const { login, __typename: kind } = author;
      const review = { login, isBot: kind !== 'User', commit: commit?.oid ?? null };
      latest.delete(login);
      latest.set(login, state === 'APPROVED' ? review : null);
    }
    ({ hasNextPage: more, endCursor: after } = pageInfo);
  }
  return [...latest.values()].filter((review) => review !== null).reverse();
}
