import type { ChangedFile } from '../core/change.ts';
import type { GitHubClient, RepositoryName } from './client.ts';

/** GitHub lists so many files of a comparison, all on its first page (REST, "Compare two commits"). */
const maxListedFiles = 300;

/** Two commits held against the one that both grew from. */
export interface Comparison {
  /** The base, where it was given as a branch: its tip when GitHub looked. */
  readonly baseSha: string;
  readonly mergeBase: string;
  /** Files that differ between merge base and head; null when there are too many for GitHub to list here. */
  readonly files: readonly ChangedFile[] | null;
  /** Commits of the head that the base lacks; null when there are more than were asked for. */
  readonly commits: readonly string[] | null;
}

/** Compares a base (branch or SHA) with a head (SHA). One commit of the head is listed unless more are asked for. */
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
    baseSha: data.base_commit.sha,
    mergeBase: data.merge_base_commit.sha,
    files: files.length < maxListedFiles ? files.map(changedFile) : null,
    commits: data.total_commits <= data.commits.length ? data.commits.map(({ sha }) => sha) : null,
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
