import type { Signature } from '../git/commit.ts';
import type { FileChange } from '../git/write-commit.ts';
import { GitRepository } from '../git/git-repository.ts';
import type { Changes } from '../webhooks/happening.ts';
import { type Account, noReplyAddress } from './account.ts';
import type { App } from './app.ts';
import type { BranchRules } from './branch-rules.ts';
import type { CheckRun } from './check-run.ts';
import { CheckSuite } from './check-suite.ts';
import { MergeGroup } from './merge-group.ts';
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
  /** Who pushes; the author where not given. */
  readonly pusher?: string;
  /** What the commit says of when it was made; ISO 8601 in whole seconds. */
  readonly date?: string;
  /** As what GitHub itself commits. */
  readonly signedByGitHub?: boolean;
}

type Person = string | { readonly name: string; readonly email: string };

/** A repository of this GitHub. Its history is a bare git repository at `path`. */
export class Repository {
  readonly id: number;
  readonly owner: Account;
  name: string;
  readonly private: boolean;
  defaultBranch: string;
  /** Read-only. */
  archived = false;
  readonly parent: Repository | null;
  readonly createdAt: string;
  readonly git: GitRepository;
  readonly pullRequests: PullRequest[] = [];
  readonly checkSuites: CheckSuite[] = [];
  /** Role of each collaborator by login: admin, maintain, write, triage, read, or a custom one. */
  readonly roles = new Map<string, string>();
  readonly rules: BranchRules[] = [];
  /** Commits that GitHub made and signed. */
  readonly #signed = new Set<string>();
  readonly #world: World;
  /** Of the branches that were pushed to here. */
  readonly #tips = new Map<string, string>();

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

  /** Has a branch merged into another by GitHub, on its pages: `by` is the author, GitHub commits and signs. */
  mergeOnPages(branch: string, theirs: string, by: string): Promise<string> {
    return this.merge(branch, theirs, { author: by, committer: webFlow, pusher: by, signedByGitHub: true });
  }

  /** Whether GitHub made the commit, and says so with its signature. */
  isSignedByGitHub(oid: string): boolean {
    return this.#signed.has(oid) || (this.parent?.isSignedByGitHub(oid) ?? false);
  }

  /** Adds to what has to hold before anything is merged. */
  protect(rules: BranchRules): void {
    this.rules.push(rules);
  }

  async openPullRequest(request: NewPullRequest): Promise<PullRequest> {
    const pullRequest = new PullRequest(this.#world, this, request);
    this.pullRequests.push(pullRequest);
    await pullRequest.open();
    return pullRequest;
  }

  /** Puts pull requests into the merge queue as one group: merged one after another on a branch of the queue's own. */
  async enqueue(pullRequests: readonly PullRequest[], baseBranch = this.defaultBranch): Promise<MergeGroup> {
    const baseSha = await this.tip(baseBranch);
    const headBranch = `gh-readonly-queue/${baseBranch}/pr-${pullRequests.at(-1)?.number ?? 0}-${baseSha}`;
    let headSha = baseSha;
    for (const { headSha: theirs, number, title } of pullRequests) {
      const tree = await this.git.mergedTree(headSha, theirs);
      const message = `Merge pull request #${number}\n\n${title}`;
      const options = { message, committer: webFlow, signedByGitHub: true, pusher: 'github-merge-queue[bot]' };
      headSha = await this.#push(headBranch, { parents: [headSha, theirs], tree, files: {} }, options);
    }
    return new MergeGroup(this.#world, this, { pullRequests, baseBranch, baseSha, headBranch, headSha });
  }

  /** The old name goes on to lead here, as on GitHub. */
  rename(name: string, by = this.owner.login): void {
    const changes = { repository: { name: { from: this.name } } };
    this.name = name;
    this.#world.addRepository(this);
    this.#emit('renamed', by, changes);
  }

  changeDefaultBranch(branch: string, by = this.owner.login): void {
    const changes = { default_branch: { from: this.defaultBranch } };
    this.defaultBranch = branch;
    this.#emit('edited', by, changes);
  }

  archive(by = this.owner.login): void {
    this.archived = true;
    this.#emit('archived', by);
  }

  unarchive(by = this.owner.login): void {
    this.archived = false;
    this.#emit('unarchived', by);
  }

  /** Lets a branch point at a commit that is here already. */
  async moveBranch(branch: string, oid: string, pusher = this.owner.login): Promise<void> {
    const before = await this.#knownTip(branch);
    await this.git.setReference(`refs/heads/${branch}`, oid);
    const { message } = await this.git.readCommit(oid);
    const forced = before !== null && (await this.git.mergeBase(before, oid)) !== before;
    await this.#pushed(branch, { before, after: oid, forced, message }, this.#world.account(pusher));
  }

  async deleteBranch(branch: string, by = this.owner.login): Promise<void> {
    const before = await this.#knownTip(branch);
    await this.git.deleteReference(`refs/heads/${branch}`);
    this.#tips.delete(branch);
    const push = { branch, before: before ?? noCommit, after: noCommit, forced: false };
    this.#world.emit({ event: 'push', repository: this, push, sender: this.#world.account(by) });
  }

  findCheckRun(id: number): CheckRun | undefined {
    return this.checkSuites.flatMap(({ runs }) => runs).find((run) => run.id === id);
  }

  /** The App's suite for the commit, made where there was none: for a commit that was not pushed to a branch here. */
  checkSuite(app: App, headSha: string, pushed = { headBranch: null as string | null, before: null as string | null }) {
    const known = this.checkSuites.find((suite) => suite.app === app && suite.headSha === headSha);
    const suite = known ?? new CheckSuite(this.#world, app, this, { headSha, ...pushed });
    if (known === undefined) this.checkSuites.push(suite);
    return { suite, isNew: known === undefined };
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

  /** Takes somebody's role away, of which Apps that may see members are told. */
  revokeRole(login: string, by = this.owner.login): void {
    this.roles.delete(login);
    const [member, sender] = [this.#world.account(login), this.#world.account(by)];
    this.#world.emit({ event: 'member', action: 'removed', repository: this, member, sender });
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

  async #push(branch: string, change: GitChange, options: CommitOptions): Promise<string> {
    const { message = 'Change files', author = 'octocat', committer = author } = options;
    const { date = this.#world.sequence.nextInstant() } = options;
    const signatures = { author: this.#sign(author, date), committer: this.#sign(committer, date) };
    const before = await this.#knownTip(branch);
    const after = await this.git.commit(branch, { message, ...signatures, ...change });
    if (options.signedByGitHub === true) this.#signed.add(after);
    const forced = before !== null && !change.parents.includes(before) && !(await this.#follows(before, after));
    const pusher = options.pusher ?? (typeof author === 'string' ? author : 'octocat');
    await this.#pushed(branch, { before, after, forced, message }, this.#world.account(pusher));
    return after;
  }

  /** What GitHub does once a branch has moved: events, check suites, and the heads of open pull requests. */
  async #pushed(branch: string, { after, before, forced, message }: Move, pusher: Account): Promise<void> {
    this.#tips.set(branch, after);
    const push = { branch, before: before ?? noCommit, after, forced };
    this.#world.emit({ event: 'push', repository: this, push, sender: pusher });
    // "Skipping and requesting checks for individual commits", About status checks
    if (!/^skip-checks: *true$/im.test(message)) this.#requestChecks(branch, after, before, pusher);
    for (const pullRequest of this.#world.pullRequests()) {
      const isFromHere = pullRequest.headRepository === this && pullRequest.headBranch === branch;
      if (isFromHere && pullRequest.state === 'open') await pullRequest.synchronize(pusher, forced);
    }
  }

  #requestChecks(headBranch: string, headSha: string, before: string | null, sender: Account): void {
    for (const app of this.#world.apps) {
      const installation = app.installations.find((candidate) => candidate.has(this));
      if (installation?.allows('checks:write') !== true || installation.suspended !== null) continue;
      const { suite, isNew } = this.checkSuite(app, headSha, { headBranch, before });
      if (isNew) this.#world.emit({ event: 'check_suite', action: 'requested', suite, sender });
    }
  }

  async #knownTip(branch: string): Promise<string | null> {
    return this.#tips.get(branch) ?? (await this.git.resolve(`refs/heads/${branch}`));
  }

  async #follows(ancestor: string, oid: string): Promise<boolean> {
    return (await this.git.mergeBase(ancestor, oid)) === ancestor;
  }

  #emit(action: 'renamed' | 'edited' | 'archived' | 'unarchived', by: string, changes?: Changes): void {
    const sender = this.#world.account(by);
    const details = changes === undefined ? {} : { changes };
    this.#world.emit({ event: 'repository', action, repository: this, sender, ...details });
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

/** As whom GitHub commits what people do on its pages. */
export const webFlow = { name: 'GitHub', email: 'noreply@github.com' };

/** What a push event calls the commit of a branch that is not there. */
const noCommit = '0'.repeat(40);

interface Move {
  readonly before: string | null;
  readonly after: string;
  readonly forced: boolean;
  readonly message: string;
}

interface GitChange {
  readonly parents: readonly string[];
  readonly files: Readonly<Record<string, FileChange>>;
  readonly tree?: string;
}
