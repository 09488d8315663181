import type { Signature } from './commit.ts';
import { editTree, type Entry } from './edit-tree.ts';
import type { GitRepository } from './git-repository.ts';
import { writeObject } from './write-object.ts';

/** What a path becomes: text, bytes, gone (null), or one of git's other modes. */
export type FileChange =
  | string
  | Uint8Array
  | null
  | { readonly executable: string }
  | { readonly symlink: string }
  | { readonly submodule: string };

export interface NewCommit {
  readonly parents: readonly string[];
  readonly message: string;
  readonly author: Signature;
  readonly committer: Signature;
  /** Start from this tree instead of the first parent's. */
  readonly tree?: string;
  readonly files: Readonly<Record<string, FileChange>>;
}

/** Writes a commit and what is new in its tree, without a process: tests make hundreds of them. */
export async function writeCommit(repository: GitRepository, commit: NewCommit): Promise<string> {
  const [parent] = commit.parents;
  const before = commit.tree ?? (parent === undefined ? null : (await repository.readCommit(parent)).tree);
  const entries = Object.entries(commit.files).map(
    ([path, change]) => [path, entryOf(repository.path, change)] as const,
  );
  const tree = await editTree(repository, before, entries);
  const content = [
    `tree ${tree ?? writeObject(repository.path, 'tree', Buffer.alloc(0))}`,
    ...commit.parents.map((oid) => `parent ${oid}`),
    `author ${printSignature(commit.author)}`,
    `committer ${printSignature(commit.committer)}`,
    '',
    commit.message,
  ];
  return writeObject(repository.path, 'commit', Buffer.from(content.join('\n')));
}

function entryOf(directory: string, change: FileChange): Entry | null {
  if (change === null) return null;
  const blob = (content: string | Uint8Array) => writeObject(directory, 'blob', Buffer.from(content));
  if (typeof change === 'string' || change instanceof Uint8Array) return { mode: '100644', oid: blob(change) };
  if ('submodule' in change) return { mode: '160000', oid: change.submodule };
  if ('symlink' in change) return { mode: '120000', oid: blob(change.symlink) };
  return { mode: '100755', oid: blob(change.executable) };
}

function printSignature({ name, email, date }: Signature): string {
  return `${name} <${email}> ${Date.parse(date) / 1000} +0000`;
}
