import { decodeExternalId } from '../../github/external-id.ts';

/** An open pull request, as far as a sweep asks. */
export interface OpenPullRequest {
  readonly number: number;
  readonly headSha: string;
}

/** One of our check runs on its head. */
export interface PostedRun {
  readonly externalId: string;
  readonly status: string;
}

/**
 * Whether a pull request has no completed check run of ours for its head. One whose external id this version cannot read
 * was written by another version of scalegate, and is no answer either.
 */
export function isStale({ number, headSha }: OpenPullRequest, runs: readonly PostedRun[]): boolean {
  return !runs.some(({ externalId, status }) => {
    const about = decodeExternalId(externalId);
    return status === 'completed' && about?.pullRequest === number && about.headSha === headSha;
  });
}
