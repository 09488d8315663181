import type { Change } from '../git/changes.ts';
import { GitFailure } from '../git/git.ts';
import type { Happening } from '../webhooks/happening.ts';
import type { Edit, IssueComment, Reaction, Review, ReviewComment, ReviewState } from './conversation.ts';
import type { Account } from './account.ts';
import { obstacleTo } from './branch-rules.ts';
import { type Repository, webFlow } from './repository.ts';
import type { World } from './world.ts';

export interface NewPullRequest {
  /** A branch of the repository, or of a fork of it. */
  readonly head: string | { readonly repository: Repository; readonly branch: string };
  /** The default branch, where not given. */
  readonly base?: string;
  readonly title?: string;
  readonly body?: string;
  readonly author?: string;
  readonly draft?: boolean;
}

export class PullRequest {
  readonly id: number;
  readonly number: number;
  readonly repository: Repository;
  readonly author: Account;
  title: string;
  readonly body: string | null;
  readonly headRepository: Repository;
  readonly headBranch: string;
  baseBranch: string;
  readonly createdAt: string;
  draft: boolean;
  /** Where only some may still comment. */
  locked = false;
  updatedAt: string;
  closedAt: string | null = null;
  merge: { readonly commit: string; readonly by: Account } | null = null;
  headSha = '';
  /** The tip of the base when the head was last pushed; as on GitHub, later pushes to the base leave it alone. */
  baseSha = '';
  readonly comments: IssueComment[] = [];
  readonly reviews: Review[] = [];
  readonly reviewComments: ReviewComment[] = [];
  /** Pushes that replaced the head by a commit that does not follow it, oldest first. */
  readonly forcePushes: ForcePush[] = [];
  readonly #world: World;

  constructor(world: World, repository: Repository, request: NewPullRequest) {
    const { head, base = repository.defaultBranch, title, body = null, author = 'octocat', draft = false } = request;
    this.#world = world;
    this.id = world.sequence.nextId();
    this.number = repository.pullRequests.length + 1;
    this.repository = repository;
    this.author = world.account(author);
    this.headRepository = typeof head === 'string' ? repository : head.repository;
    this.headBranch = typeof head === 'string' ? head : head.branch;
    this.baseBranch = base;
    this.title = title ?? this.headBranch;
    this.body = body;
    this.draft = draft;
    this.createdAt = this.updatedAt = world.sequence.nextInstant();
  }

  get state(): 'closed' | 'open' {
    return this.closedAt === null ? 'open' : 'closed';
  }

  get isFromFork(): boolean {
    return this.headRepository !== this.repository;
  }

  /** Why GitHub would not let it be merged into its base at this instant; null where it would. */
  get obstacle(): string | null {
    return obstacleTo(this);
  }

  /** "Update branch", as somebody presses it. */
  async updateBranch(by: string): Promise<string> {
    const theirs = await this.repository.tip(this.baseBranch);
    if (this.isFromFork) await this.headRepository.git.fetch(this.repository.git, this.baseBranch, 'refs/upstream');
    return this.headRepository.mergeOnPages(this.headBranch, theirs, by);
  }

  /** The merge that GitHub tries by itself, with what the base is now; null where it conflicts. */
  async testMerge(): Promise<string | null> {
    const { git } = this.repository;
    const parents = [await this.repository.tip(this.baseBranch), this.headSha];
    const signature = { ...webFlow, date: this.createdAt };
    try {
      const tree = await git.mergedTree(parents[0] ?? '', this.headSha);
      return await git.writeCommit({
        parents,
        message: 'Merge',
        author: signature,
        committer: signature,
        tree,
        files: {},
      });
    } catch (error) {
      if (error instanceof GitFailure) return null;
      throw error;
    }
  }

  async open(): Promise<void> {
    await this.#takeHead();
    this.#emit('opened', this.author);
  }

  /** Takes over what was pushed to the head: `refs/pull/N/head` of the base repository, fork or not. */
  async synchronize(pusher: Account = this.author, forced = false): Promise<void> {
    const before = this.headSha;
    await this.#takeHead();
    const after = this.headSha;
    if (forced) this.forcePushes.push({ before, after, by: pusher, at: this.updatedAt });
    if (before !== after) this.#emit('synchronize', pusher, { before, after });
  }

  /** What the pull request changes: from the merge base to its head, as GitHub's "Files changed" has it. */
  async changes(): Promise<readonly Change[]> {
    const { baseSha, headSha } = this;
    const { git } = this.repository;
    const mergeBase = await git.mergeBase(baseSha, headSha);
    if (mergeBase === null) throw new Error(`Pull request #${this.number} shares no history with its base`);
    return git.changes(mergeBase, headSha);
  }

  /** Changes the branch that it is to be merged into. */
  async retarget(base: string, by = this.author.login): Promise<void> {
    const changes = { base: { ref: { from: this.baseBranch }, sha: { from: this.baseSha } } };
    this.baseBranch = base;
    this.baseSha = await this.repository.tip(base);
    this.#touch();
    this.#emit('edited', by, { changes });
  }

  retitle(title: string, by = this.author.login): void {
    const changes = { title: { from: this.title } };
    this.title = title;
    this.#touch();
    this.#emit('edited', by, { changes });
  }

  markReady(by = this.author.login): void {
    this.draft = false;
    this.#touch();
    this.#emit('ready_for_review', by);
  }

  convertToDraft(by = this.author.login): void {
    this.draft = true;
    this.#touch();
    this.#emit('converted_to_draft', by);
  }

  close(by = this.author.login): void {
    this.closedAt = this.#touch();
    this.#emit('closed', by);
  }

  /** With the head as it is by now. */
  async reopen(by = this.author.login): Promise<void> {
    this.closedAt = null;
    await this.#takeHead();
    this.#emit('reopened', by);
  }

  /** Merges the head into the base with a merge commit, whose id it returns. */
  async mergeInto(by: string): Promise<string> {
    const message = `Merge pull request #${this.number}\n\n${this.title}`;
    const commit = await this.repository.merge(this.baseBranch, this.headSha, { message, author: by });
    this.setMerged(commit, this.#world.account(by));
    return commit;
  }

  /** For whoever has moved the base to a commit that holds the head. */
  setMerged(commit: string, by: Account): void {
    this.merge = { commit, by };
    this.close(by.login);
  }

  review({ author, state, body = '', commit = this.headSha }: NewReview): Review {
    const submittedAt = this.#touch();
    const account = this.#world.account(author);
    const id = this.#world.sequence.nextId();
    const review = { id, author: account, submittedAt, updatedAt: submittedAt, commit, state, body, edit: null };
    this.reviews.push(review);
    this.#world.wrote(review);
    this.#world.emit({ event: 'pull_request_review', action: 'submitted', pullRequest: this, review, sender: account });
    return review;
  }

  dismissReview(review: Review, by = this.repository.owner.login): void {
    review.state = 'DISMISSED';
    review.updatedAt = this.#touch();
    const sender = this.#world.account(by);
    this.#world.emit({ event: 'pull_request_review', action: 'dismissed', pullRequest: this, review, sender });
  }

  comment(author: string, body: string): IssueComment {
    const createdAt = this.#touch();
    const account = this.#world.account(author);
    const id = this.#world.sequence.nextId();
    const comment = { id, author: account, createdAt, updatedAt: createdAt, body, edit: null, reactions: [] };
    this.comments.push(comment);
    this.#world.wrote(comment);
    this.#world.emit({ event: 'issue_comment', action: 'created', pullRequest: this, comment, sender: account });
    return comment;
  }

  /** Changes the text of a comment or review, as its author or someone with write access may. */
  edit(written: IssueComment | Review, editor: string, body: string): void {
    const at = this.#touch();
    const changes = { body: { from: written.body } };
    const edit: Edit = { editor: this.#world.account(editor), at };
    written.body = body;
    written.updatedAt = at;
    written.edit = edit;
    const happening = { action: 'edited', pullRequest: this, sender: edit.editor, changes } as const;
    if ('state' in written) this.#world.emit({ ...happening, event: 'pull_request_review', review: written });
    else this.#world.emit({ ...happening, event: 'issue_comment', comment: written });
  }

  deleteComment(comment: IssueComment, by = comment.author.login): void {
    this.comments.splice(this.comments.indexOf(comment), 1);
    const sender = this.#world.account(by);
    this.#world.emit({ event: 'issue_comment', action: 'deleted', pullRequest: this, comment, sender });
  }

  /** The reaction, new or as it was: a person reacts once in each way. GitHub tells no App of it. */
  react(comment: IssueComment, by: Account, content: string): { reaction: Reaction; isNew: boolean } {
    const known = comment.reactions.find((reaction) => reaction.by === by && reaction.content === content);
    if (known !== undefined) return { reaction: known, isNew: false };
    const { sequence } = this.#world;
    const reaction = { id: sequence.nextId(), by, content, createdAt: sequence.nextInstant() };
    comment.reactions.push(reaction);
    return { reaction, isNew: true };
  }

  /** A comment on lines of a file, which the diff shows: whoever calls has looked. */
  commentOnLines(
    author: string,
    { path, startLine, line, lines, body }: Pick<ReviewComment, 'path' | 'startLine' | 'line' | 'lines' | 'body'>,
  ): ReviewComment {
    const createdAt = this.#touch();
    const place = { path, startLine, line, lines, commit: this.headSha };
    const written = { id: this.#world.sequence.nextId(), author: this.#world.account(author), createdAt, body };
    const comment = { ...written, ...place, updatedAt: createdAt, replies: [] };
    this.reviewComments.push(comment);
    this.#world.wrote(comment);
    return comment;
  }

  reply(comment: ReviewComment, author: string, body: string): void {
    comment.replies.push({ id: this.#world.sequence.nextId(), author: this.#world.account(author), body });
  }

  async #takeHead(): Promise<void> {
    const { git } = this.repository;
    const headSha = await this.headRepository.tip(this.headBranch);
    const baseSha = await this.repository.tip(this.baseBranch);
    const reference = `refs/pull/${this.number}/head`;
    if (this.isFromFork) await git.fetch(this.headRepository.git, this.headBranch, reference);
    else await git.setReference(reference, headSha);
    // Who asks in the meantime is told of what is here
    this.headSha = headSha;
    this.baseSha = baseSha;
    this.#touch();
  }

  #emit(action: PullRequestAction, by: Account | string, details: PullRequestDetails = {}): void {
    const sender = typeof by === 'string' ? this.#world.account(by) : by;
    this.#world.emit({ event: 'pull_request', action, pullRequest: this, sender, ...details });
  }

  #touch(): string {
    this.updatedAt = this.#world.sequence.nextInstant();
    return this.updatedAt;
  }
}

type PullRequestHappening = Extract<Happening, { readonly event: 'pull_request' }>;
type PullRequestAction = PullRequestHappening['action'];
type PullRequestDetails = Pick<PullRequestHappening, 'after' | 'before' | 'changes'>;

export interface ForcePush {
  readonly before: string;
  readonly after: string;
  readonly by: Account;
  readonly at: string;
}

export interface NewReview {
  readonly author: string;
  readonly state: ReviewState;
  readonly body?: string;
  /** The head's, where not given. */
  readonly commit?: string;
}
