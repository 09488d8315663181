import { decodeExternalId } from '../../github/checks/external-id.ts';

/** An open pull request, as far as a sweep asks. */
export interface OpenPullRequest {
  readonly number: number;
  readonly headSha: string;
  /** What its base lays down now (basis.ts). */
  readonly basis: string;
}

/** One of our check runs on its head. */
export interface PostedRun {
  readonly id: number;
  readonly externalId: string;
  readonly status: string;
  readonly conclusion: string | null;
}

/**
 * What is wrong with the newest check run of a pull request; null where it is the last word.
 *
 * `stale`: there is none, it was never completed, or it is of another head, another policy, plan or owners, or another
 * version of scalegate. One that says that nothing could be evaluated is no last word either, and one beside which an
 * older run still waits is not the only one.
 *
 * `approvals`: it waits for approvals or counts some, so that a review, a dismissal or a role of which nothing was heard
 * could change it.
 */
export function whatIsOpen(
  { number, headSha, basis }: OpenPullRequest,
  runs: readonly PostedRun[],
): 'stale' | 'approvals' | null {
  const ours = runs.flatMap(({ id, externalId, status, conclusion }) => {
    const about = decodeExternalId(externalId);
    return about?.pullRequest === number ? [{ id, status, conclusion, about }] : [];
  });
  const newest = ours.toSorted((one, other) => other.id - one.id)[0];
  if (newest === undefined || ours.some(({ status }) => status !== 'completed')) return 'stale';
  if (newest.about.headSha !== headSha || newest.about.basis !== basis) return 'stale';
  return newest.about.code === null ? null : 'approvals';
}
