import type { Statement } from '../../core/policy/statement.ts';
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
export function statementsOfReviews(nodes: readonly ReviewNode[]): readonly Statement[] {
  const latest = new Map<string, Statement>();
  for (const { author, ...review } of nodes) {
    if (author === null) continue;
    latest.delete(author.login);
    latest.set(author.login, statementOf(review, author));
  }
  return [...latest.values()].reverse();
}

function statementOf(
  { fullDatabaseId, state, submittedAt, updatedAt, commit }: Omit<ReviewNode, 'author'>,
  author: Actor,
): Statement {
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
