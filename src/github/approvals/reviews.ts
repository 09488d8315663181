import type { Approval } from '../../core/policy/approvals/approval.ts';
import type { Said, Withdrawal } from '../../core/policy/approvals/withdrawal.ts';
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
export function saidInReviews(nodes: readonly ReviewNode[]): Said {
  const latest = new Map<string, ReviewNode & { readonly author: Actor }>();
  for (const { author, ...review } of nodes) {
    if (author === null) continue;
    latest.delete(author.login);
    latest.set(author.login, { ...review, author });
  }
  const reviews = [...latest.values()].reverse();
  return {
    approvals: reviews.filter(({ state }) => state === 'APPROVED').map(approvalOf),
    withdrawals: reviews.filter(({ state }) => state !== 'APPROVED').map(withdrawalOf),
  };
}

function approvalOf({ author, commit, ...review }: ReviewNode & { readonly author: Actor }): Approval {
  return {
    id: idOf(review),
    by: loginOf(author),
    isBot: author.__typename !== 'User',
    how: 'review',
    at: review.submittedAt ?? review.updatedAt,
    shownAt: null,
    commit: commit?.oid ?? null,
    code: null,
    ignoredBecause: null,
  };
}

function withdrawalOf({ author, ...review }: ReviewNode & { readonly author: Actor }): Withdrawal {
  const { state, submittedAt, updatedAt } = review;
  const because = { DISMISSED: 'the review was dismissed', CHANGES_REQUESTED: 'asks for changes' }[state];
  return {
    id: idOf(review),
    by: loginOf(author),
    // GitHub has no time of the dismissal but that of the last change
    at: state === 'DISMISSED' ? updatedAt : (submittedAt ?? updatedAt),
    because: because ?? 'the review no longer approves',
  };
}

function idOf({ fullDatabaseId }: Pick<ReviewNode, 'fullDatabaseId'>): string {
  return `review ${fullDatabaseId}`;
}
