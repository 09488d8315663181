import type { Opinion } from '../../core/policy/opinion.ts';
import { actorFields, loginOf, type Actor } from '../reading/actor.ts';

export interface ReviewNode {
  readonly fullDatabaseId: string | number;
  readonly state: string;
  readonly submittedAt: string | null;
  readonly updatedAt: string;
  readonly author: Actor | null;
  readonly commit: { readonly oid: string } | null;
}

/** A page of the reviews that say something of what waits; mere comments do not. */
export const reviewsPage = `reviews(first: 100, after: $after, states: [APPROVED, CHANGES_REQUESTED, DISMISSED]) {
  nodes { fullDatabaseId state submittedAt updatedAt author { ${actorFields} } commit { oid } }
  pageInfo { hasNextPage endCursor }
}`;

/**
 * What reviews say, newest first. Of each person only the latest review counts: one who later asks for changes, or whose
 * review was dismissed, does not approve, whatever came before.
 */
export function opinionsOfReviews(nodes: readonly ReviewNode[]): readonly Opinion[] {
  const latest = new Map<string, Opinion>();
  for (const { author, ...review } of nodes) {
    if (author === null) continue;
    latest.delete(author.login);
    latest.set(author.login, opinionOf(review, author));
  }
  return [...latest.values()].reverse();
}

function opinionOf(
  { fullDatabaseId, state, submittedAt, updatedAt, commit }: Omit<ReviewNode, 'author'>,
  author: Actor,
): Opinion {
  const takenBack = { DISMISSED: 'the review was dismissed', CHANGES_REQUESTED: 'asks for changes' }[state];
  return {
    id: `review ${fullDatabaseId}`,
    by: loginOf(author),
    isBot: author.__typename !== 'User',
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
