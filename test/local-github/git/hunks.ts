import { git } from './git.ts';

/** The lines of the new side that a hunk of a diff shows, both ends included. */
export interface Hunk {
  readonly start: number;
  readonly end: number;
}

/** The hunks of one file between two commits, as GitHub's "Files changed" shows them. */
export async function hunksBetween(
  directory: string,
  base: string,
  head: string,
  path: string,
): Promise<readonly Hunk[]> {
  const diff = (await git(directory, ['diff', '-U3', '--no-color', base, head, '--', path])).toString('utf8');
  return [...diff.matchAll(/^@@ -\S+ \+(\d+)(?:,(\d+))? @@/gm)].map(([, start, count = '1']) => ({
    start: Number(start),
    end: Number(start) + Number(count) - 1,
  }));
}
