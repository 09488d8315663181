import type { GitHubClient, RepositoryName } from '../http/client.ts';
import { compareCommits } from './comparison.ts';
import { readPullRequest, type PullRequestNow } from './pull-request.ts';

/** What a merge queue wants to be checked: its base, and its pull requests on top. */
export interface MergeGroup {
  readonly baseSha: string;
  /** Branch that the group is to be merged into. */
  readonly baseRef: string;
  readonly headSha: string;
  /** The queue's own branch, `gh-readonly-queue/main/pr-12-<sha>`. */
  readonly headRef: string;
}

const maxCommits = 100;

/**
 * The open pull requests of a group: those that its commits belong to, and the one that its branch is named after; the
 * event lists none. null when they can't be told.
 */
export async function readMembers(
  client: GitHubClient,
  repository: RepositoryName,
  group: MergeGroup,
  appId: number | null = null,
): Promise<readonly PullRequestNow[] | null> {
  const { commits } = await compareCommits(client, repository, group.baseSha, group.headSha, maxCommits);
  const found = commits === null ? [] : await pullRequestsOf(client, repository, commits, group.baseRef);
  const named = /\/pr-(\d+)-[0-9a-f]+$/.exec(group.headRef)?.[1];
  const numbers = new Set([...found, ...(named === undefined ? [] : [Number(named)])]);
  if (numbers.size === 0) return null;
  return Promise.all([...numbers].map((number) => readPullRequest(client, repository, number, appId)));
}

interface AssociatedPullRequests {
  readonly associatedPullRequests?: {
    readonly nodes: readonly { readonly number: number; readonly state: string; readonly baseRefName: string }[];
  } | null;
}

async function pullRequestsOf(
  client: GitHubClient,
  repository: RepositoryName,
  commits: readonly string[],
  baseRef: string,
): Promise<readonly number[]> {
  if (commits.length === 0) return [];
  const variables = commits.map((_, index) => `$commit${index}: GitObjectID!`).join(', ');
  const objects = commits.map((_, index) => `commit${index}: object(oid: $commit${index}) { ...pullRequests }`);
  const { repository: found } = await client.graphql<{ repository: Record<string, AssociatedPullRequests | null> }>(
    `query ($owner: String!, $repo: String!, ${variables}) {
      repository(owner: $owner, name: $repo) { ${objects.join('\n')} }
    }
    fragment pullRequests on Commit {
      associatedPullRequests(first: 10) { nodes { number state baseRefName } }
    }`,
    { ...repository, ...Object.fromEntries(commits.map((commit, index) => [`commit${index}`, commit])) },
  );
  return Object.values(found)
    .flatMap((commit) => commit?.associatedPullRequests?.nodes ?? [])
    .filter(({ state, baseRefName }) => state === 'OPEN' && baseRefName === baseRef)
    .map(({ number }) => number);
}
