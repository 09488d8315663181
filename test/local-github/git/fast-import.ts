import { git } from './git.ts';
import type { Signature } from './commit.ts';

/** What a path becomes: text, bytes, gone (null), or one of git's other modes. */
export type FileChange =
  | string
  | Uint8Array
  | null
  | { readonly executable: string }
  | { readonly symlink: string }
  | { readonly submodule: string };

export interface NewCommit {
  readonly branch: string;
  readonly parents: readonly string[];
  readonly message: string;
  readonly author: Signature;
  readonly committer: Signature;
  /** Start from this tree instead of the first parent's. */
  readonly tree?: string;
  readonly files: Readonly<Record<string, FileChange>>;
}

/** Writes a commit with `git fast-import`, one process however many files, and moves the branch to it, forced. */
export async function writeCommit(directory: string, commit: NewCommit): Promise<string> {
  const [from, ...others] = commit.parents;
  const stream = [
    `commit refs/heads/${commit.branch}\nmark :1\n`,
    `author ${printSignature(commit.author)}\ncommitter ${printSignature(commit.committer)}\n`,
    ...counted(Buffer.from(commit.message)),
    from === undefined ? '' : `from ${from}\n`,
    ...others.map((parent) => `merge ${parent}\n`),
    commit.tree === undefined ? '' : `M 040000 ${commit.tree} ""\n`,
    ...deletionsFirst(commit.files).flatMap(([path, change]) => fileCommand(path, change)),
    'get-mark :1\n',
  ];
  const input = Buffer.concat(stream.map((part) => Buffer.from(part)));
  return (await git(directory, ['fast-import', '--quiet', '--force'], input)).toString('utf8').trim();
}

/** A path may turn from a file into a folder in one commit: the file must go first. */
function deletionsFirst(files: NewCommit['files']): [string, FileChange][] {
  return Object.entries(files).sort(([, a], [, b]) => Number(b === null) - Number(a === null));
}

function fileCommand(path: string, change: FileChange): (string | Buffer)[] {
  const name = `"${path.replace(/["\\]/g, '\\$&').replaceAll('\n', '\\n')}"`;
  if (change === null) return [`D ${name}\n`];
  if (typeof change === 'string' || change instanceof Uint8Array) {
    return [`M 100644 inline ${name}\n`, ...counted(Buffer.from(change))];
  }
  if ('submodule' in change) return [`M 160000 ${change.submodule} ${name}\n`];
  if ('symlink' in change) return [`M 120000 inline ${name}\n`, ...counted(Buffer.from(change.symlink))];
  return [`M 100755 inline ${name}\n`, ...counted(Buffer.from(change.executable))];
}

function counted(content: Buffer): [string, Buffer, string] {
  return [`data ${content.length}\n`, content, '\n'];
}

function printSignature({ name, email, date }: Signature): string {
  return `${name} <${email}> ${Date.parse(date) / 1000} +0000`;
}
