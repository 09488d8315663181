import type { GitHubClient, RepositoryName } from './client.ts';

/** What is known of a pull request before anything of it is read. */
export interface PullRequest {
  readonly number: number;
  /** Branch that it is to be merged into. */
  readonly baseRef: string;
  readonly headSha: string;
  /** null where the fork has been deleted. */
  readonly headRepository: RepositoryName | null;
  /** null where the account has been deleted. */
  readonly author: string | null;
}

/** What changes without its commits. */
export interface CurrentPullRequest extends PullRequest {
  readonly changedFileCount: number;
  readonly isOpen: boolean;
  readonly isMerged: boolean;
}

/** A pull request as it stands now, by its number. */
export async function readPullRequest(
  client: GitHubClient,
  repository: RepositoryName,
  number: number,
): Promise<CurrentPullRequest> {
  const { data } = await client.request('GET /repos/{owner}/{repo}/pulls/{pull_number}', {
    ...repository,
    pull_number: number,
  });
  // GitHub's description has no null here, but a deleted fork or account is one.
  const headRepository = data.head.repo as typeof data.head.repo | null;
  const author = data.user as typeof data.user | null;
  return {
    number,
    baseRef: data.base.ref,
    headSha: data.head.sha,
    headRepository: headRepository && { owner: headRepository.owner.login, repo: headRepository.name },
    author: author?.login ?? null,
    changedFileCount: data.changed_files,
    isOpen: data.state === 'open',
    isMerged: data.merged,
  };
}
