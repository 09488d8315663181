import { gitFields } from './git.ts';
import type { ChangedFile } from '../core/change.ts';

/** Files that differ between two commits of a local repository, or, without a head, from the base to the working tree. */
export async function changedFiles(root: string, base: string, head: string | null): Promise<readonly ChangedFile[]> {
  const range = head === null ? [base] : [base, head];
  const fields = await gitFields(root, [
    'diff',
    '--name-status',
    '-z',
    '--find-renames',
    '--no-ext-diff',
    ...range,
    '--',
  ]);
  const changed = parseNameStatus(fields);
  return head === null ? [...changed, ...(await untrackedFiles(root))] : changed;
}

/** `M`, path; `R087`, old path, new path; and so on. */
function parseNameStatus(fields: readonly string[]): ChangedFile[] {
  const changed: ChangedFile[] = [];
  const rest = fields.values();
  const next = () => rest.next().value ?? '';
  for (let status = next(); status !== ''; status = next()) {
    const path = next();
    if (status.startsWith('R')) changed.push({ path: next(), previousPath: path, status: 'modified' });
    else changed.push({ path, previousPath: null, status: statusOf(status) });
  }
  return changed;
}

function statusOf(letter: string): ChangedFile['status'] {
  if (letter === 'A') return 'added';
  return letter === 'D' ? 'removed' : 'modified';
}

async function untrackedFiles(root: string): Promise<ChangedFile[]> {
  const paths = await gitFields(root, ['ls-files', '-z', '--others', '--exclude-standard']);
  return paths.map((path) => ({ path, previousPath: null, status: 'added' }));
}
