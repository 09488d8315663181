import type { Signature } from '../git/commit.ts';
import type { FileChange } from '../git/fast-import.ts';
import { GitRepository } from '../git/git-repository.ts';
import { type Account, noReplyAddress } from './account.ts';
import { type NewPullRequest, PullRequest } from './pull-request.ts';
import type { World } from './world.ts';

export interface NewRepository {
  readonly owner: string;
  readonly name: string;
  readonly defaultBranch?: string;
  readonly private?: boolean;
}

export interface CommitOptions {
  readonly message?: string;
  /** A login, or a name and address that no account need have. */
  readonly author?: Person;
  /** The author, where not given. */
  readonly committer?: Person;
  /** Branch or commit to build on; an existing branch is then reset to it, as by a forced push. */
  readonly from?: string;
}

type Person = string | { readonly name: string; readonly email: string };

/** A repository of this GitHub. Its history is a bare git repository at `path`. */
export class Repository {
  readonly id: number;
  readonly owner: Account;
  readonly name: string;
  readonly private: boolean;
  readonly defaultBranch: string;
  readonly parent: Repository | null;
  readonly createdAt: string;
  readonly git: GitRepository;
  readonly pullRequests: PullRequest[] = [];
  /** Role of each collaborator by login: admin, maintain, write, triage, read, or a custom one. */
  readonly roles = new Map<string, string>();
  readonly #world: World;

  private constructor(world: World, git: GitRepository, owner: Account, details: Details) {
    this.#world = world;
    this.id = world.sequence.nextId();
    this.owner = owner;
    this.name = details.name;
    this.private = details.private;
    this.defaultBranch = details.defaultBranch;
    this.parent = details.parent;
    this.createdAt = world.sequence.nextInstant();
    this.git = git;
    world.addRepository(this);
  }

  static async create(world: World, request: NewRepository): Promise<Repository> {
    const { owner, name, defaultBranch = 'main', private: isPrivate = false } = request;
    const git = await GitRepository.create(world.repositoryPath(owner, name), defaultBranch);
    const account = world.account(owner, 'Organization');
    return new Repository(world, git, account, { name, private: isPrivate, defaultBranch, parent: null });
  }

  /** A copy of the repository under another account. */
  async fork(owner: string): Promise<Repository> {
    const git = await GitRepository.clone(this.git, this.#world.repositoryPath(owner, this.name));
    return new Repository(this.#world, git, this.#world.account(owner), { ...this.#details(), parent: this });
  }

  get path(): string {
    return this.git.path;
  }

  get fullName(): string {
    return `${this.owner.login}/${this.name}`;
  }

  /** The commit that a branch points at. */
  async tip(branch: string): Promise<string> {
    const oid = await this.git.resolve(`refs/heads/${branch}`);
    if (oid === null) throw new Error(`${this.fullName} has no branch ${branch}`);
    return oid;
  }

  /**
   * Pushes one commit to a branch and returns its id. A branch that does not exist yet starts at the default branch.
   * Open pull requests from the branch take the commit over.
   */
  async commit(branch: string, files: Record<string, FileChange>, options: CommitOptions = {}): Promise<string> {
    const parent = await this.git.resolve(options.from ?? `refs/heads/${branch}`);
    const start = parent ?? (await this.git.resolve(`refs/heads/${this.defaultBranch}`));
    return this.#push(branch, { parents: start === null ? [] : [start], files }, options);
  }

  /** Merges a branch or commit into a branch with a merge commit, whose id it returns. */
  async merge(branch: string, theirs: string, options: CommitOptions = {}): Promise<string> {
    const ours = (await this.git.resolve(`refs/heads/${branch}`)) ?? (await this.tip(this.defaultBranch));
    const other = await this.git.resolve(theirs);
    if (other === null) throw new Error(`${this.fullName} has no ${theirs}`);
    const tree = await this.git.mergedTree(ours, other);
    return this.#push(branch, { parents: [ours, other], tree, files: {} }, options);
  }

  async openPullRequest(request: NewPullRequest): Promise<PullRequest> {
    const pullRequest = new PullRequest(this.#world, this, request);
    this.pullRequests.push(pullRequest);
    await pullRequest.synchronize();
    return pullRequest;
  }

  findPullRequest(number: number): PullRequest | undefined {
    return this.pullRequests.find((pullRequest) => pullRequest.number === number);
  }

  /** The pull request that merged the commit into the default branch; else the open ones that hold it. */
  async pullRequestsWith(commit: string): Promise<PullRequest[]> {
    const holding: PullRequest[] = [];
    for (const pullRequest of this.pullRequests) {
      const { baseSha, headSha, merge } = pullRequest;
      const oids = [...(await this.git.commitsBetween(baseSha, headSha)), ...(merge === null ? [] : [merge.commit])];
      if (oids.includes(commit)) holding.push(pullRequest);
    }
    const merged = holding.filter(({ merge }) => merge !== null);
    return merged.length > 0 ? merged : holding.filter(({ state }) => state === 'open');
  }

  grantRole(login: string, role: string): void {
    this.roles.set(this.#world.account(login).login, role);
  }

  /** What the account is to the repository, as comments and reviews show it. */
  associationOf({ login }: Account): 'COLLABORATOR' | 'MEMBER' | 'NONE' | 'OWNER' {
    if (login === this.owner.login) return 'OWNER';
    if (this.#world.isMemberOf(this.owner.login, login)) return 'MEMBER';
    return this.roles.has(login) ? 'COLLABORATOR' : 'NONE';
  }

  /** False once it was deleted. */
  get exists(): boolean {
    return this.#world.findRepository(this.owner.login, this.name) === this;
  }

  async #push(branch: string, change: Change, options: CommitOptions): Promise<string> {
    const { message = 'Change files', author = 'octocat', committer = author } = options;
    const date = this.#world.sequence.nextInstant();
    const signatures = { author: this.#sign(author, date), committer: this.#sign(committer, date) };
    const oid = await this.git.commit({ branch, message, ...signatures, ...change });
    for (const pullRequest of this.#world.pullRequests()) {
      const isFromHere = pullRequest.headRepository === this && pullRequest.headBranch === branch;
      if (isFromHere && pullRequest.state === 'open') await pullRequest.synchronize();
    }
    return oid;
  }

  #sign(person: Person, date: string): Signature {
    if (typeof person !== 'string') return { ...person, date };
    const { login } = this.#world.account(person);
    return { name: login, email: noReplyAddress(login), date };
  }

  #details(): Details {
    return { name: this.name, private: this.private, defaultBranch: this.defaultBranch, parent: this.parent };
  }
}

interface Details {
  readonly name: string;
  readonly private: boolean;
  readonly defaultBranch: string;
  readonly parent: Repository | null;
}

interface Change {
  readonly parents: readonly string[];
  readonly files: Readonly<Record<string, FileChange>>;
  readonly tree?: string;
}
