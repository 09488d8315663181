import { type Change, changesBetween } from './changes.ts';
import { type Commit, parseCommit } from './commit.ts';
import { type NewCommit, writeCommit } from './fast-import.ts';
import { git, GitFailure } from './git.ts';
import { type GitObject, ObjectReader } from './object-reader.ts';
import { listTree, type TreeEntry } from './tree.ts';

/** A bare repository on disk. What never changes (trees, the merge base and the diff of two commits) is read once. */
export class GitRepository {
  readonly path: string;
  readonly #objects: ObjectReader;
  readonly #mergeBases = new Map<string, Promise<string | null>>();
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

  commit(commit: NewCommit): Promise<string> {
    return writeCommit(this.path, commit);
  }

  /** The tree of two commits merged. @throws GitFailure where they conflict. */
  async mergedTree(ours: string, theirs: string): Promise<string> {
    return (await git(this.path, ['merge-tree', '--write-tree', ours, theirs])).toString('utf8').trim();
  }

  async setReference(reference: string, oid: string): Promise<void> {
    await git(this.path, ['update-ref', reference, oid]);
  }

  async deleteReference(reference: string): Promise<void> {
    await git(this.path, ['update-ref', '-d', reference]);
  }

  /** Brings a branch of another repository, and all it reaches, under a reference of this one. */
  async fetch(source: GitRepository, branch: string, reference: string): Promise<void> {
    const fetch = ['fetch', '--quiet', '--no-tags', '--no-write-fetch-head'];
    await git(this.path, [...fetch, source.path, `+refs/heads/${branch}:${reference}`]);
  }

  /** The commit that a branch, tag or (abbreviated) id names; null where there is none. */
  async resolve(revision: string): Promise<string | null> {
    if (revision.startsWith('-')) return null;
    // 128: the name is that of a tree or blob, or no name at all.
    const oid = await this.#ask(['rev-parse', '--verify', '--quiet', `${revision}^{commit}`], [1, 128]);
    return oid?.trim() ?? null;
  }

  /** The best common ancestor; null where the histories are unrelated. */
  mergeBase(one: string, other: string): Promise<string | null> {
    return once(this.#mergeBases, `${one} ${other}`, async () => {
      return (await this.#ask(['merge-base', one, other]))?.trim() ?? null;
    });
  }

  /** Ids of the commits that `head` reaches and `base` does not, oldest first. */
  async commitsBetween(base: string, head: string): Promise<string[]> {
    const listing = await git(this.path, ['rev-list', '--reverse', '--topo-order', head, `^${base}`]);
    return listing.toString('utf8').split('\n').filter(Boolean);
  }

  /** Ids of the commit and of all that it follows, newest first. */
  async history(oid: string): Promise<string[]> {
    const listing = await git(this.path, ['rev-list', '--topo-order', oid]);
    return listing.toString('utf8').split('\n').filter(Boolean);
  }

  changes(base: string, head: string): Promise<readonly Change[]> {
    return once(this.#changes, `${base} ${head}`, () => changesBetween(this.path, base, head));
  }

  /** All entries below a commit or tree, by path. */
  tree(oid: string): Promise<ReadonlyMap<string, TreeEntry>> {
    return once(this.#trees, oid, () => listTree(this.path, oid));
  }

  object(oid: string): Promise<GitObject | null> {
    return this.#objects.read(oid);
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

  /** What git printed; null where it said no. */
  async #ask(command: readonly string[], no = [1]): Promise<string | null> {
    try {
      return (await git(this.path, command)).toString('utf8');
    } catch (error) {
      if (error instanceof GitFailure && no.includes(error.exitStatus ?? 0)) return null;
      throw error;
    }
  }
}

function once<Value>(known: Map<string, Promise<Value>>, key: string, read: () => Promise<Value>): Promise<Value> {
  const value = known.get(key) ?? read();
  known.set(key, value);
  return value;
}
