import type { Change } from '../git/changes.ts';
import type { IssueComment, Reaction, Review, ReviewState } from './conversation.ts';
import type { Account } from './account.ts';
import type { Repository } from './repository.ts';
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
  readonly title: string;
  readonly body: string | null;
  readonly headRepository: Repository;
  readonly headBranch: string;
  readonly baseBranch: string;
  readonly createdAt: string;
  draft: boolean;
  updatedAt: string;
  closedAt: string | null = null;
  merge: { readonly commit: string; readonly by: Account } | null = null;
  headSha = '';
  /** The tip of the base when the head was last pushed; as on GitHub, later pushes to the base leave it alone. */
  baseSha = '';
  readonly comments: IssueComment[] = [];
  readonly reviews: Review[] = [];
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

  /** Takes over what was pushed to the head: `refs/pull/N/head` of the base repository, fork or not. */
  async synchronize(): Promise<void> {
    const { git } = this.repository;
    this.headSha = await this.headRepository.tip(this.headBranch);
    this.baseSha = await this.repository.tip(this.baseBranch);
    const reference = `refs/pull/${this.number}/head`;
    if (this.isFromFork) await git.fetch(this.headRepository.git, this.headBranch, reference);
    else await git.setReference(reference, this.headSha);
    this.updatedAt = this.#world.sequence.nextInstant();
  }

  /** What the pull request changes: from the merge base to its head, as GitHub's "Files changed" has it. */
  async changes(): Promise<readonly Change[]> {
    const { git } = this.repository;
    const mergeBase = await git.mergeBase(this.baseSha, this.headSha);
    if (mergeBase === null) throw new Error(`Pull request #${this.number} shares no history with its base`);
    return git.changes(mergeBase, this.headSha);
  }

  close(): void {
    this.closedAt = this.updatedAt = this.#world.sequence.nextInstant();
  }

  /** Merges the head into the base with a merge commit, whose id it returns. */
  async mergeInto(by: string): Promise<string> {
    const message = `Merge pull request #${this.number}\n\n${this.title}`;
    const commit = await this.repository.merge(this.baseBranch, this.headSha, { message, author: by });
    this.merge = { commit, by: this.#world.account(by) };
    this.close();
    return commit;
  }

  review({ author, state, body = '', commit = this.headSha }: NewReview): Review {
    const submittedAt = this.#touch();
    const account = this.#world.account(author);
    const id = this.#world.sequence.nextId();
    const review = { id, author: account, submittedAt, updatedAt: submittedAt, commit, state, body, edit: null };
    this.reviews.push(review);
    return review;
  }

  dismissReview(review: Review): void {
    review.state = 'DISMISSED';
    review.updatedAt = this.#touch();
  }

  comment(author: string, body: string): IssueComment {
    const createdAt = this.#touch();
    const account = this.#world.account(author);
    const id = this.#world.sequence.nextId();
    const comment = { id, author: account, createdAt, updatedAt: createdAt, body, edit: null, reactions: [] };
    this.comments.push(comment);
    return comment;
  }

  /** Once a person and kind. */
  react(comment: IssueComment, by: Account, content: string): { readonly isNew: boolean; readonly reaction: Reaction } {
    const before = comment.reactions.find((reaction) => reaction.by === by && reaction.content === content);
    if (before !== undefined) return { isNew: false, reaction: before };
    const reaction = { id: this.#world.sequence.nextId(), by, content, createdAt: this.#touch() };
    comment.reactions.push(reaction);
    return { isNew: true, reaction };
  }

  /** Changes the text of a comment or review, as its author or someone with write access may. */
  edit(written: IssueComment | Review, editor: string, body: string): void {
    const at = this.#touch();
    written.body = body;
    written.updatedAt = at;
    written.edit = { editor: this.#world.account(editor), at };
  }

  deleteComment(comment: IssueComment): void {
    this.comments.splice(this.comments.indexOf(comment), 1);
  }

  #touch(): string {
    this.updatedAt = this.#world.sequence.nextInstant();
    return this.updatedAt;
  }
}

export interface NewReview {
  readonly author: string;
  readonly state: ReviewState;
  readonly body?: string;
  /** The head's, where not given. */
  readonly commit?: string;
}
