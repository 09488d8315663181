import type { GitRepository } from './git-repository.ts';
import { writeObject } from './write-object.ts';

/** What stands at a path of a tree. */
export interface Entry {
  /** As in a tree object: 100644, 40000. */
  readonly mode: string;
  readonly oid: string;
}

/** Null: it goes. */
type Change = readonly [path: string, entry: Entry | null];

const folder = '40000';

/** Writes the tree with these paths changed, and returns its id; null where nothing is left. */
export async function editTree(
  repository: GitRepository,
  tree: string | null,
  changes: readonly Change[],
): Promise<string | null> {
  const entries = tree === null ? new Map<string, Entry>() : await readTree(repository, tree);
  const here = changes.filter(([path]) => !path.includes('/'));
  // A file may turn into a folder, or a folder into a file: what goes must go first, and what comes come last
  for (const [name, entry] of here) if (entry === null) entries.delete(name);
  for (const [name, below] of byFolder(changes)) {
    const before = entries.get(name);
    const oid = await editTree(repository, before?.mode === folder ? before.oid : null, below);
    if (oid !== null) entries.set(name, { mode: folder, oid });
    else if (before?.mode === folder) entries.delete(name);
  }
  for (const [name, entry] of here) if (entry !== null) entries.set(name, entry);
  return entries.size === 0 ? null : writeTree(repository.path, entries);
}

/** What is to change below each folder, by its name. */
function byFolder(changes: readonly Change[]): Map<string, Change[]> {
  const folders = new Map<string, Change[]>();
  for (const [path, entry] of changes) {
    const slash = path.indexOf('/');
    if (slash < 0) continue;
    const name = path.slice(0, slash);
    folders.set(name, [...(folders.get(name) ?? []), [path.slice(slash + 1), entry]]);
  }
  return folders;
}

async function readTree(repository: GitRepository, oid: string): Promise<Map<string, Entry>> {
  const content = (await repository.object(oid))?.content ?? Buffer.alloc(0);
  const entries = new Map<string, Entry>();
  for (let at = 0; at < content.length;) {
    const nameEnd = content.indexOf(0, at);
    const [mode = '', ...name] = content.toString('utf8', at, nameEnd).split(' ');
    entries.set(name.join(' '), { mode, oid: content.toString('hex', nameEnd + 1, nameEnd + 21) });
    at = nameEnd + 21;
  }
  return entries;
}

/** Git sorts by bytes, a folder as if its name ended with a slash. */
function writeTree(directory: string, entries: ReadonlyMap<string, Entry>): string {
  const sorted = [...entries]
    .map(([name, entry]) => ({ name, entry, key: Buffer.from(entry.mode === folder ? `${name}/` : name) }))
    .sort((one, other) => one.key.compare(other.key));
  const content = sorted.flatMap(({ name, entry }) => [
    Buffer.from(`${entry.mode} ${name}\0`),
    Buffer.from(entry.oid, 'hex'),
  ]);
  return writeObject(directory, 'tree', Buffer.concat(content));
}
