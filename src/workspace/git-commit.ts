import type { FileContent } from '../core/source-file.ts';
import { git, gitFields } from './git.ts';
import { binaryContent, contentOf, whyUnreadable } from './readable.ts';
import type { Workspace } from './workspace.ts';

interface TreeEntry {
  readonly mode: string;
  readonly oid: string;
  readonly byteSize: number | null;
}

/** The root of the repository that a directory is in. Throws where there is none, or none with a working tree. */
export async function findRepository(directory: string): Promise<string> {
  return (await git(directory, ['rev-parse', '--show-toplevel'])).toString().trimEnd();
}

/** The bare repository that a directory is in; null for one with a working tree. Throws where there is none at all. */
export async function findBareRepository(directory: string): Promise<string | null> {
  if (!(await holds(directory, '--is-bare-repository'))) return null;
  return (await git(directory, ['rev-parse', '--absolute-git-dir'])).toString().trimEnd();
}

/** What `git rev-parse` answers to one of its questions (`--is-…`). */
async function holds(directory: string, question: string): Promise<boolean> {
  return (await git(directory, ['rev-parse', question])).toString().trim() === 'true';
}

/** The commit that a revision such as `main` or `HEAD~2` names. Throws where it names none. */
export async function resolveCommit(root: string, revision: string): Promise<string> {
  try {
    const output = await git(root, ['rev-parse', '--verify', '--end-of-options', `${revision}^{commit}`]);
    return output.toString().trim();
  } catch (cause) {
    throw new Error(`there is no commit "${revision}" in this repository`, { cause });
  }
}

/** The commit that two commits grew from; null where a shallow clone has cut it off. Throws where there is none. */
export async function mergeBase(root: string, one: string, other: string): Promise<string | null> {
  try {
    return (await git(root, ['merge-base', one, other])).toString().trim();
  } catch (cause) {
    if (await holds(root, '--is-shallow-repository')) return null;
    throw new Error(`${one} and ${other} have no common ancestor`, { cause });
  }
}

/** The files at one commit of a local repository. */
export function commitWorkspace(root: string, commit: string): Workspace {
  let listing: Promise<ReadonlyMap<string, TreeEntry>> | null = null;
  const entries = () => (listing ??= listTree(root, commit));
  return {
    list: async () => [...(await entries()).keys()],
    read: async (paths) => readEntries(root, await entries(), paths),
  };
}

async function listTree(root: string, commit: string): Promise<ReadonlyMap<string, TreeEntry>> {
  const lines = await gitFields(root, ['ls-tree', '-r', '-z', '-l', '--full-tree', commit]);
  return new Map(lines.map(parseTreeLine));
}

/** `100644 blob 5f6c… 1234<TAB>configs/large.yaml`; the size of a submodule is `-`. */
function parseTreeLine(line: string): [string, TreeEntry] {
  const tab = line.indexOf('\t');
  const [mode = '', , oid = '', size = '-'] = line.slice(0, tab).split(/ +/);
  return [line.slice(tab + 1), { mode, oid, byteSize: size === '-' ? null : Number(size) }];
}

async function readEntries(
  root: string,
  entries: ReadonlyMap<string, TreeEntry>,
  paths: readonly string[],
): Promise<ReadonlyMap<string, FileContent>> {
  const contents = new Map<string, FileContent>();
  const wanted: { path: string; oid: string }[] = [];
  for (const path of new Set(paths)) {
    const entry = entries.get(path);
    if (entry === undefined) continue;
    const unreadable = whyUnreadable(entry.mode, entry.byteSize);
    if (unreadable === null) wanted.push({ path, oid: entry.oid });
    else contents.set(path, unreadable);
  }
  const blobs = await readBlobs(root, [...new Set(wanted.map(({ oid }) => oid))]);
  for (const { path, oid } of wanted) {
    const blob = blobs.get(oid);
    if (blob !== undefined) contents.set(path, bufferContent(blob));
  }
  return contents;
}

/** Blobs by object id, all in one process: `<oid> blob <size>`, the bytes, a newline, and so on. */
async function readBlobs(root: string, oids: readonly string[]): Promise<ReadonlyMap<string, Buffer>> {
  const blobs = new Map<string, Buffer>();
  if (oids.length === 0) return blobs;
  const output = await git(root, ['cat-file', '--batch'], oids.map((oid) => `${oid}\n`).join(''));
  let start = 0;
  for (const oid of oids) {
    const lineEnd = output.indexOf('\n', start);
    const [, kind, size] = output.toString('latin1', start, lineEnd).split(' ');
    if (kind !== 'blob') throw new Error(`git has no blob ${oid}; a partial clone may have left it out`);
    blobs.set(oid, output.subarray(lineEnd + 1, lineEnd + 1 + Number(size)));
    start = lineEnd + 1 + Number(size) + 1;
  }
  return blobs;
}

/** Text, unless a NUL says that it is none: the test that git itself applies. */
export function bufferContent(bytes: Buffer): FileContent {
  return bytes.includes(0) ? binaryContent : contentOf(bytes.toString());
}
