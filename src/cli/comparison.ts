import { nearest } from '../core/document/nearest.ts';
import { git } from '../workspace/git.ts';
import { findBareRepository, findRepository, mergeBase, resolveCommit } from '../workspace/git-commit.ts';

/** A commit, and what the person or the default calls it. */
export interface Revision {
  readonly name: string;
  readonly commit: string;
}

/** The two sides of a diff. */
export interface Comparison {
  readonly root: string;
  /** Where the change would go. */
  readonly base: Revision;
  /** The commit at which the change left the base. */
  readonly start: string;
  /** A shallow clone has cut that commit off: the change is compared with the base as it is now. */
  readonly isStartUnknown: boolean;
  /** null judges the working tree, uncommitted edits included. */
  readonly head: Revision | null;
}

/** Branches that pull requests usually go to, in the order in which they are tried. */
const usualBases = ['origin/HEAD', 'origin/main', 'origin/master', 'main', 'master'];

/** Finds what is compared. Throws, with what to do, where git can't say: a diff is never a guess. */
export async function findComparison(
  directory: string,
  base: string | undefined,
  head: string | undefined,
): Promise<Comparison> {
  const { root, isBare } = await repositoryOf(directory);
  if ((await tryRevision(root, 'HEAD')) === null) throw new Error('this repository has no commit yet to compare with');
  const baseRevision = base === undefined ? await defaultBase(root) : await revision(root, base);
  const headRevision = await revision(root, head ?? 'HEAD');
  const start = await mergeBase(root, baseRevision.name, headRevision.name);
  return {
    root,
    base: baseRevision,
    start: start ?? baseRevision.commit,
    isStartUnknown: start === null,
    // Without a working tree there is nothing but commits
    head: head === undefined && !isBare ? null : headRevision,
  };
}

async function repositoryOf(directory: string): Promise<{ readonly root: string; readonly isBare: boolean }> {
  try {
    const bare = await findBareRepository(directory);
    return { root: bare ?? (await findRepository(directory)), isBare: bare !== null };
  } catch (cause) {
    throw new Error('diff compares two states of a git repository, and found none here', { cause });
  }
}

async function defaultBase(root: string): Promise<Revision> {
  for (const name of usualBases) {
    const found = await tryRevision(root, name);
    if (found !== null) return found;
  }
  throw new Error('this repository has no branch main or master; name the base: scalegate diff BASE');
}

async function tryRevision(root: string, name: string): Promise<Revision | null> {
  const commit = await resolveCommit(root, name).catch(() => null);
  return commit === null ? null : { name, commit };
}

async function revision(root: string, name: string): Promise<Revision> {
  const found = await tryRevision(root, name);
  if (found !== null) return found;
  const likely = nearest(name, await references(root));
  const help = likely === null ? 'fetch it first where it is on the remote' : `did you mean "${likely}"?`;
  throw new Error(`there is no commit "${name}" in this repository; ${help}`);
}

/** Branches and tags by their short names. */
async function references(root: string): Promise<readonly string[]> {
  const output = await git(root, [
    'for-each-ref',
    '--format=%(refname:short)',
    'refs/heads',
    'refs/remotes',
    'refs/tags',
  ]);
  return output.toString().split('\n');
}
