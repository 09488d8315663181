import { git } from './git.ts';

/** One changed file, in the words of GitHub's file lists. */
export interface Change {
  readonly status: 'added' | 'changed' | 'modified' | 'removed' | 'renamed';
  readonly path: string;
  /** Where a renamed file was before. */
  readonly previousPath: string | null;
  /** The blob (of a submodule: the commit) at the head; at the base where the file was removed. */
  readonly oid: string;
  readonly additions: number;
  readonly deletions: number;
}

/** What changed between two trees, renames detected, in git's order. */
export async function changesBetween(directory: string, base: string, head: string): Promise<readonly Change[]> {
  const command = ['diff-tree', '-r', '-M', '-z', '--raw', '--numstat', '--no-abbrev', base, head];
  const tokens = (await git(directory, command)).toString('utf8').split('\0').values();
  const changes = new Map<string, Change>();
  for (const token of tokens) {
    if (token.startsWith(':')) {
      const change = rawChange(token, () => tokens.next().value ?? '');
      changes.set(change.path, change);
    } else if (token !== '') {
      const [added = '', deleted = '', path = ''] = token.split('\t');
      // A renamed file has its two names in fields of their own.
      const name = path === '' ? [tokens.next().value, tokens.next().value].at(1) : path;
      const change = changes.get(name ?? '');
      // Binary files count "-" lines.
      const lines = { additions: Number(added) || 0, deletions: Number(deleted) || 0 };
      if (change) changes.set(change.path, { ...change, ...lines });
    }
  }
  return [...changes.values()];
}

function rawChange(header: string, nextName: () => string): Change {
  const [, , oldOid = '', newOid = '', letter = ''] = header.split(' ');
  const firstName = nextName();
  const isRename = letter.startsWith('R');
  return {
    status: statuses[letter.charAt(0)] ?? 'modified',
    path: isRename ? nextName() : firstName,
    previousPath: isRename ? firstName : null,
    oid: letter === 'D' ? oldOid : newOid,
    additions: 0,
    deletions: 0,
  };
}

const statuses: Record<string, Change['status']> = { A: 'added', D: 'removed', R: 'renamed', T: 'changed' };
