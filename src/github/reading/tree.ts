import type { GitHubClient, Repositories } from '../http/client.ts';
import { statusOf } from '../http/status-of.ts';

/** What a tree holds at a path. */
export interface TreeEntry {
  /** `100644`, `100755`, `120000` (symbolic link) or `160000` (submodule). */
  readonly mode: string;
  readonly oid: string;
}

/**
 * All files at a commit, by path. Throws when GitHub lists only a part of them (more than 100,000 entries or 7 MB: REST,
 * "Get a tree"), since a file that is not listed would not be judged.
 */
export async function readTree(
  client: GitHubClient,
  repositories: Repositories,
  commit: string,
): Promise<ReadonlyMap<string, TreeEntry>> {
  const { tree, truncated } = await requestTree(client, repositories, commit);
  if (truncated) {
    throw new Error(`the files at ${commit} can't be listed in full: GitHub cuts a tree off at 100,000 entries`);
  }
  const files = tree.filter(({ type }) => type !== 'tree');
  return new Map(files.map(({ path, mode, sha }) => [path, { mode, oid: sha }]));
}

interface Tree {
  readonly truncated: boolean;
  readonly tree: readonly {
    readonly path: string;
    readonly mode: string;
    readonly type: string;
    readonly sha: string;
  }[];
}

/** From the first repository that has the commit: the head of a pull request may be known only to the fork. */
async function requestTree(client: GitHubClient, repositories: Repositories, commit: string): Promise<Tree> {
  const [{ owner, repo }, next, ...rest] = repositories;
  try {
    const route = 'GET /repos/{owner}/{repo}/git/trees/{tree_sha}';
    return (await client.request(route, { owner, repo, tree_sha: commit, recursive: '1' })).data;
  } catch (error) {
    if (next === undefined || statusOf(error) !== 404) throw error;
    return requestTree(client, [next, ...rest], commit);
  }
}
