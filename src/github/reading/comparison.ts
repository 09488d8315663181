import type { ChangedFile } from '../../core/change.ts';
import type { GitHubClient, RepositoryName } from '../http/client.ts';

/** GitHub lists so many files of a comparison, all on its first page (REST, "Compare two commits"). */
const maxListedFiles = 300;

/** Two commits held against the one that both grew from. */
export interface Comparison {
  readonly mergeBase: string;
  /** Files that differ between merge base and head; null when there are too many for GitHub to list here. */
  readonly files: readonly ComparedFile[] | null;
  /** Commits of the head that the base lacks; null when there are more than were asked for. */
  readonly commits: readonly string[] | null;
  /** How many commits of the base the head lacks. */
  readonly behindBy: number;
}

export interface ComparedFile extends ChangedFile {
  /** Id of its content at the head; null for what has none. */
  readonly blob: string | null;
}

/** Compares two commits by id. One commit of the head is listed unless more are asked for. */
export async function compareCommits(
  client: GitHubClient,
  repository: RepositoryName,
  base: string,
  head: string,
  commitCount = 1,
): Promise<Comparison> {
  const { data } = await client.request('GET /repos/{owner}/{repo}/compare/{basehead}', {
    ...repository,
    basehead: `${base}...${head}`,
    per_page: commitCount,
  });
  const files = data.files ?? [];
  return {
    mergeBase: data.merge_base_commit.sha,
    files: files.length < maxListedFiles ? files.map((file) => ({ ...changedFile(file), blob: file.sha })) : null,
    commits: data.total_commits <= data.commits.length ? data.commits.map(({ sha }) => sha) : null,
    behindBy: data.behind_by,
  };
}

/** A file as GitHub's lists of changed files name it. */
interface ListedFile {
  readonly filename: string;
  readonly previous_filename?: string;
  readonly status: string;
}

/** A copy is a new file; a rename has two paths. */
export function changedFile({ filename, previous_filename, status }: ListedFile): ChangedFile {
  const previousPath = status === 'renamed' ? (previous_filename ?? null) : null;
  if (status === 'added' || status === 'copied') return { path: filename, previousPath, status: 'added' };
  return { path: filename, previousPath, status: status === 'removed' ? 'removed' : 'modified' };
}

/** Every path that a change touches, the old ones of renamed files included. */
export function touchedPaths(files: readonly ChangedFile[]): readonly string[] {
  return files.flatMap(({ path, previousPath }) => (previousPath === null ? [path] : [path, previousPath]));
}
