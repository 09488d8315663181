import type { ChangedFile } from '../../core/change.ts';
import type { GitHubClient, Repositories, RepositoryName } from '../http/client.ts';
import { changedFile, compareCommits } from './comparison.ts';
import { readTree } from './tree.ts';

/** GitHub lists no more of a pull request's files (REST, "List pull requests files"), and does not say that it stopped. */
const maxListedFiles = 3000;
const pageSize = 100;

/** What to compare, both by id; `pullRequest` is the number of the one whose head this may be. */
export interface Range {
  readonly base: string;
  readonly head: string;
  readonly pullRequest: number | null;
}

export interface Changes {
  readonly mergeBase: string;
  /** How many commits of the base the head lacks. */
  readonly behindBy: number;
  readonly files: readonly ChangedFile[];
}

/**
 * Every file that differs between merge base and head, however many: from the comparison itself, else from the pull
 * request's list, else from the two trees, where a rename is a file less and a file more. Throws when no way shows
 * them all.
 */
export async function listChanges(
  client: GitHubClient,
  repositories: Repositories,
  { base, head, pullRequest }: Range,
): Promise<Changes> {
  const [repository] = repositories;
  const { behindBy, mergeBase, files } = await compareCommits(client, repository, base, head);
  if (files !== null) return { behindBy, mergeBase, files };
  const listed = pullRequest === null ? null : await listPullRequestFiles(client, repository, pullRequest, head);
  return { behindBy, mergeBase, files: listed ?? (await compareTrees(client, repositories, mergeBase, head)) };
}

/** null when the list is not complete, or no longer that of this head. */
async function listPullRequestFiles(
  client: GitHubClient,
  repository: RepositoryName,
  number: number,
  head: string,
): Promise<readonly ChangedFile[] | null> {
  const route = 'GET /repos/{owner}/{repo}/pulls/{pull_number}';
  const { head: now, changed_files: changedFileCount } = (
    await client.request(route, { ...repository, pull_number: number })
  ).data;
  if (now.sha !== head || changedFileCount >= maxListedFiles) return null;
  const pages = Array.from({ length: Math.ceil(changedFileCount / pageSize) }, (_, index) =>
    client.request('GET /repos/{owner}/{repo}/pulls/{pull_number}/files', {
      ...repository,
      pull_number: number,
      per_page: pageSize,
      page: index + 1,
    }),
  );
  const files = (await Promise.all(pages)).flatMap(({ data }) => data.map(changedFile));
  return files.length === changedFileCount ? files : null;
}

async function compareTrees(
  client: GitHubClient,
  repositories: Repositories,
  base: string,
  head: string,
): Promise<readonly ChangedFile[]> {
  const [before, after] = await Promise.all([
    readTree(client, repositories, base),
    readTree(client, repositories, head),
  ]);
  const files: ChangedFile[] = [];
  for (const [path, { mode, oid }] of after) {
    const old = before.get(path);
    if (old === undefined) files.push({ path, previousPath: null, status: 'added' });
    else if (old.oid !== oid || old.mode !== mode) files.push({ path, previousPath: null, status: 'modified' });
  }
  for (const path of before.keys()) {
    if (!after.has(path)) files.push({ path, previousPath: null, status: 'removed' });
  }
  return files;
}
