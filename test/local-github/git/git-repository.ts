import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ancestry } from './ancestry.ts';
import { type Change, changesBetween } from './changes.ts';
import { type Commit, parseCommit } from './commit.ts';
import { type NewCommit, writeCommit } from './write-commit.ts';
import { git } from './git.ts';
import { type GitObject, ObjectReader } from './object-reader.ts';
import { listTree, type TreeEntry } from './tree.ts';

/** A bare repository on disk. What never changes (trees, and what is between two commits) is read once. */
export class GitRepository {
  readonly path: string;
  readonly #objects: ObjectReader;
  readonly #ancestries = new Map<string, Promise<readonly string[]>>();
  readonly #trees = new Map<string, Promise<ReadonlyMap<string, TreeEntry>>>();
  readonly #changes = new Map<string, Promise<readonly Change[]>>();

  private constructor(path: string) {
    this.path = path;
    this.#objects = new ObjectReader(path);
  }

  static async create(path: string, defaultBranch: string): Promise<GitRepository> {
    await git('.', ['init', '--quiet', '--bare', '--template=', `--initial-branch=${defaultBranch}`, path]);
    return new GitRepository(path);
  }

  static async clone(source: GitRepository, path: string): Promise<GitRepository> {
    await git('.', ['clone', '--quiet', '--bare', '--template=', source.path, path]);
    return new GitRepository(path);
  }

  /** Writes a commit that no branch points at. */
  writeCommit(commit: NewCommit): Promise<string> {
    return writeCommit(this, commit);
  }

  /** Writes a commit and moves a branch to it, forced. */
  async commit(branch: string, commit: NewCommit): Promise<string> {
    const oid = await writeCommit(this, commit);
    await this.setReference(`refs/heads/${branch}`, oid);
    return oid;
  }

  /** The tree of two commits merged. @throws GitFailure where they conflict. */
  async mergedTree(ours: string, theirs: string): Promise<string> {
    return (await git(this.path, ['merge-tree', '--write-tree', ours, theirs])).toString('utf8').trim();
  }

  async setReference(reference: string, oid: string): Promise<void> {
    // As `git update-ref` does, without a process
    const file = join(this.path, reference);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(`${file}.lock`, `${oid}\n`);
    await rename(`${file}.lock`, file);
  }

  /** All references whose names start so. */
  async references(start: string): Promise<readonly { readonly name: string; readonly oid: string }[]> {
    const format = '--format=%(refname) %(objectname)';
    const lines = (await git(this.path, ['for-each-ref', format])).toString('utf8').trim().split('\n');
    return lines
      .filter((line) => line.startsWith(start))
      .map((line) => {
        const [name = '', oid = ''] = line.split(' ');
        return { name, oid };
      });
  }

  async deleteReference(reference: string): Promise<void> {
    await git(this.path, ['update-ref', '-d', reference]);
  }

  /** Brings a branch of another repository, and all it reaches, under a reference of this one. */
  async fetch(source: GitRepository, branch: string, reference: string): Promise<void> {
    const fetch = ['fetch', '--quiet', '--no-tags', '--no-write-fetch-head'];
    await git(this.path, [...fetch, source.path, `+refs/heads/${branch}:${reference}`]);
  }

  /** The commit that a branch, tag or (abbreviated) id names, branches first; null where there is none. */
  async resolve(revision: string): Promise<string | null> {
    const names = /^(?:refs\/|heads\/|[0-9a-f]{40}$)/.test(revision)
      ? [revision]
      : [`refs/heads/${revision}`, revision];
    for (const name of names) {
      const found = await this.#objects.read(`${name}^{commit}`);
      if (found !== null) return found.oid;
    }
    return null;
  }

  /** The best common ancestor, one of them where they are several; null where the histories are unrelated. */
  async mergeBase(one: string, other: string): Promise<string | null> {
    const known = new Set(await this.#ancestry(other));
    return (await this.#ancestry(one)).findLast((oid) => known.has(oid)) ?? null;
  }

  /** Ids of the commits that `head` reaches and `base` does not, oldest first. */
  async commitsBetween(base: string, head: string): Promise<readonly string[]> {
    const known = new Set(await this.#ancestry(base));
    return (await this.#ancestry(head)).filter((oid) => !known.has(oid));
  }

  /** Ids of the commit and of all that it follows, newest first. */
  async history(oid: string): Promise<readonly string[]> {
    return (await this.#ancestry(oid)).toReversed();
  }

  changes(base: string, head: string): Promise<readonly Change[]> {
    return once(this.#changes, `${base} ${head}`, () => changesBetween(this.path, base, head));
  }

  /** All entries below a commit or tree, by path. */
  tree(oid: string): Promise<ReadonlyMap<string, TreeEntry>> {
    return once(this.#trees, oid, () => listTree(this.path, oid));
  }

  /** By its whole id; null where the repository has none. */
  object(oid: string): Promise<GitObject | null> {
    return /^[0-9a-f]{40}$/.test(oid) ? this.#objects.read(oid) : Promise.resolve(null);
  }

  /** @throws where the repository has no such commit. */
  async readCommit(oid: string): Promise<Commit> {
    const object = await this.object(oid);
    if (object?.type !== 'commit') throw new Error(`${this.path} has no commit ${oid}`);
    return parseCommit(object);
  }

  close(): void {
    this.#objects.close();
  }

  async #ancestry(revision: string): Promise<readonly string[]> {
    const oid = await this.resolve(revision);
    if (oid === null) throw new Error(`${this.path} has no commit ${revision}`);
    return once(this.#ancestries, oid, () => ancestry(oid, (id) => this.readCommit(id)));
  }
}

function once<Value>(known: Map<string, Promise<Value>>, key: string, read: () => Promise<Value>): Promise<Value> {
  const value = known.get(key) ?? read();
  known.set(key, value);
  return value;
}
