import { gitFields } from './git.ts';

/** A commit of the past, and the one it was made on: what its pull request went to. */
export interface PastCommit {
  readonly commit: string;
  readonly parent: string;
  /** `2026-10-03`. */
  readonly date: string;
  readonly subject: string;
}

/**
 * The newest commits of a branch, newest first. A merge counts as one commit, all that it brought in; a commit without
 * a parent, the first one or the last that a shallow clone has, is left out.
 */
export async function pastCommits(root: string, branch: string, most: number): Promise<readonly PastCommit[]> {
  const format = ['%H', '%P', '%cs', '%s'].join('%x00');
  const fields = await gitFields(root, [
    'log',
    '-z',
    '--first-parent',
    `--max-count=${most}`,
    `--format=tformat:${format}`,
    '--end-of-options',
    branch,
    '--',
  ]);
  const commits: PastCommit[] = [];
  for (let at = 0; at + 3 < fields.length; at += 4) {
    const [commit = '', parents = '', date = '', subject = ''] = fields.slice(at, at + 4);
    const parent = parents.split(' ')[0] ?? '';
    if (parent !== '') commits.push({ commit, parent, date, subject });
  }
  return commits;
}
