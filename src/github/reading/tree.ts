import type { GitHubClient, Repositories } from '../http/client.ts';
import { statusOf } from '../http/status-of.ts';

/** What a tree holds at a path. */
export interface TreeEntry {
  /** `100644`, `100755`, `120000` (symbolic link) or `160000` (submodule). */
  readonly mode: string;
  readonly oid: string;
}

/** Of one listing where GitHub does not list a commit in full: a request for each folder that is too large for one. */
const mostRequests = 300;

/**
 * All files at a commit, by path. GitHub lists at most 100,000 entries or 7 MB of a tree (REST, "Get a tree"); a larger
 * one is listed folder by folder. Throws where that does not show all of them, since a file that is not listed would not
 * be judged.
 */
export async function readTree(
  client: GitHubClient,
  repositories: Repositories,
  commit: string,
): Promise<ReadonlyMap<string, TreeEntry>> {
  const files = new Map<string, TreeEntry>();
  let left = mostRequests;
  const list = async (sha: string, folder: string): Promise<void> => {
    const whole = await request(sha, true);
    const { tree, truncated } = whole.truncated ? await request(sha, false) : whole;
    if (truncated) throw tooMany(commit);
    const folders: { readonly sha: string; readonly path: string }[] = [];
    for (const { mode, path, sha: oid, type } of tree) {
      if (type !== 'tree') files.set(`${folder}${path}`, { mode, oid });
      else if (whole.truncated) folders.push({ sha: oid, path: `${folder}${path}/` });
    }
    await Promise.all(folders.map((below) => list(below.sha, below.path)));
  };
  const request = (sha: string, isRecursive: boolean) => {
    left -= 1;
    if (left < 0) throw tooMany(commit);
    return requestTree(client, repositories, sha, isRecursive);
  };
  await list(commit, '');
  return files;
}

function tooMany(commit: string): Error {
  return new Error(`the files at ${commit} can't be listed in full: GitHub cuts a tree off at 100,000 entries`);
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

/** From the first repository that has it: the head of a pull request may be known only to the fork. */
async function requestTree(
  client: GitHubClient,
  repositories: Repositories,
  sha: string,
  isRecursive: boolean,
): Promise<Tree> {
  const [{ owner, repo }, next, ...rest] = repositories;
  try {
    const route = 'GET /repos/{owner}/{repo}/git/trees/{tree_sha}';
    // Whatever its value, the parameter lists all that is below
    const wanted = { owner, repo, tree_sha: sha, ...(isRecursive ? { recursive: '1' } : {}) };
    return (await client.request(route, wanted)).data;
  } catch (error) {
    if (next === undefined || statusOf(error) !== 404) throw error;
    return requestTree(client, [next, ...rest], sha, isRecursive);
  }
}
