import type { Opinion } from '../core/policy/opinion.ts';
import type { GitHubClient, RepositoryName } from './client.ts';
import { readPages, type PageInfo } from './read-pages.ts';

interface ReviewsPage {
  readonly reviews: { readonly nodes: readonly ReviewNode[]; readonly pageInfo: PageInfo };
}

interface ReviewNode {
  readonly fullDatabaseId: string | number;
  readonly state: string;
  readonly submittedAt: string | null;
  readonly updatedAt: string;
  readonly author: { readonly __typename: string; readonly login: string } | null;
  readonly commit: { readonly oid: string } | null;
}

const query = `query ($owner: String!, $repo: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $repo) {
    pullRequest(number: $number) {
      reviews(first: 100, after: $after, states: [APPROVED, CHANGES_REQUESTED, DISMISSED]) {
        nodes { fullDatabaseId state submittedAt updatedAt author { __typename login } commit { oid } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}`;

/**
 * What the reviews of a pull request say of it, newest first. Of each person only the latest review is an opinion: one
 * who later asks for changes, or whose review was dismissed, does not approve, whatever came before.
 */
export async function readReviews(
  client: GitHubClient,
  repository: RepositoryName,
  number: number,
): Promise<readonly Opinion[]> {
  const latest = new Map<string, Opinion>();
  const pageInfoOf = ({ reviews }: ReviewsPage) => reviews.pageInfo;
  const pages = await readPages(client, query, repository, number, pageInfoOf);
  for (const { author, ...review } of pages.flatMap(({ reviews }) => reviews.nodes)) {
    if (author === null) continue;
    latest.delete(author.login);
    latest.set(author.login, opinionOf(review, author));
  }
  return [...latest.values()].reverse();
}

function opinionOf(
  { fullDatabaseId, state, submittedAt, updatedAt, commit }: Omit<ReviewNode, 'author'>,
  { login, __typename: kind }: NonNullable<ReviewNode['author']>,
): Opinion {
  const takenBack = { DISMISSED: 'the review was dismissed', CHANGES_REQUESTED: 'asks for changes' }[state];
  return {
    id: `review ${fullDatabaseId}`,
    by: login,
    isBot: kind !== 'User',
    how: 'review',
    // GitHub has no time of the dismissal but that of the last change
    at: state === 'DISMISSED' ? updatedAt : (submittedAt ?? updatedAt),
    shownAt: null,
    withdraws: state === 'APPROVED' ? null : (takenBack ?? 'the review no longer approves'),
    commit: commit?.oid ?? null,
    code: null,
    flaw: null,
  };
}
