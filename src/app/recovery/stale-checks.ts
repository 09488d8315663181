import { decodeExternalId } from '../../github/external-id.ts';

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
}

/**
 * Whether the newest check run of a pull request is not the last word on it: there is none, it was never completed, or it
 * is of another head, another policy, plan or owners, or another version of scalegate. One that says that nothing could
 * be evaluated is no last word either.
 */
export function isStale({ number, headSha, basis }: OpenPullRequest, runs: readonly PostedRun[]): boolean {
  const ours = runs.flatMap(({ id, externalId, status }) => {
    const about = decodeExternalId(externalId);
    return about?.pullRequest === number ? [{ id, status, about }] : [];
  });
  const newest = ours.toSorted((one, other) => other.id - one.id)[0];
  if (newest?.status !== 'completed') return true;
  return newest.about.headSha !== headSha || newest.about.basis !== basis;
}
