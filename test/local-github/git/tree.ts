import { git } from './git.ts';

export interface TreeEntry {
  /** From the root of the tree that was listed. */
  readonly path: string;
  /** Six octal digits, such as 100644. */
  readonly mode: string;
  readonly type: 'blob' | 'commit' | 'tree';
  readonly oid: string;
  /** Bytes; 0 of what is not a blob. */
  readonly size: number;
}

/** Every entry below a commit or tree by path, sub-trees included, in git's order. */
export async function listTree(directory: string, oid: string): Promise<ReadonlyMap<string, TreeEntry>> {
  const listing = (await git(directory, ['ls-tree', '-r', '-t', '-z', '--long', '--full-tree', oid])).toString('utf8');
  const entries = listing.split('\0').filter(Boolean).map(treeEntry);
  return new Map(entries.map((entry) => [entry.path, entry]));
}

function treeEntry(record: string): TreeEntry {
  const tab = record.indexOf('\t');
  const [mode = '', type = '', oid = '', size = ''] = record.slice(0, tab).split(/ +/);
  return { path: record.slice(tab + 1), mode, type: type as TreeEntry['type'], oid, size: Number(size) || 0 };
}
