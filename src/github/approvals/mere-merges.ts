import type { GitHubClient, RepositoryName } from '../http/client.ts';
import { compareCommits, touchedPaths, type ComparedFile } from '../reading/comparison.ts';
import type { CommitNode } from './contributors.ts';

/** Each costs three requests once; of a pull request with more than these, the oldest count as somebody's work. */
const most = 10;

/**
 * Merges of the base into the branch in which nobody has written anything, as "Update branch" makes them: they bring what
 * the base had changed since the branch left it, to the byte, and of nothing that the branch had changed itself. A merge
 * in which both sides had changed a file is somebody's work, since nobody can tell over the API what git would make of it.
 */
export async function findMereMerges(
  client: GitHubClient,
  repository: RepositoryName,
  commits: readonly CommitNode[],
): Promise<ReadonlySet<string>> {
  const ofBranch = new Set(commits.map(({ oid }) => oid));
  const merges = commits.flatMap(({ oid, parents }) => {
    const [one, other, ...more] = parents.nodes.map((parent) => parent.oid);
    if (one === undefined || other === undefined || more.length > 0 || ofBranch.has(one) === ofBranch.has(other))
      return [];
    return [ofBranch.has(one) ? { oid, branch: one, base: other } : { oid, branch: other, base: one }];
  });
  const found = await Promise.all(
    merges.slice(-most).map(async ({ oid, branch, base }) => {
      const [merged, ofBase, ownChanges] = await Promise.all([
        compareCommits(client, repository, branch, oid),
        compareCommits(client, repository, branch, base),
        compareCommits(client, repository, base, branch),
      ]);
      return isMere(merged.files, ofBase.files, ownChanges.files) ? [oid] : [];
    }),
  );
  return new Set(found.flat());
}

function isMere(
  merged: readonly ComparedFile[] | null,
  ofBase: readonly ComparedFile[] | null,
  ownChanges: readonly ComparedFile[] | null,
): boolean {
  if (merged === null || ofBase === null || ownChanges === null) return false;
  const own = new Set(touchedPaths(ownChanges));
  if (touchedPaths(ofBase).some((path) => own.has(path))) return false;
  const wanted = new Set(ofBase.map(nameOf));
  return merged.length === ofBase.length && merged.every((file) => wanted.has(nameOf(file)));
}

function nameOf({ path, previousPath, status, blob }: ComparedFile): string {
  return JSON.stringify([path, previousPath, status, blob]);
}
