import type { Account } from './account.ts';

export interface IssueComment {
  readonly id: number;
  readonly author: Account;
  readonly createdAt: string;
  body: string;
  updatedAt: string;
  /** Who edited it last, and when; null while it is as it was written. */
  edit: Edit | null;
  readonly reactions: Reaction[];
}

/** `+1`, `eyes`, … */
export interface Reaction {
  readonly id: number;
  readonly by: Account;
  readonly content: string;
  readonly createdAt: string;
}

export interface Review {
  readonly id: number;
  readonly author: Account;
  readonly submittedAt: string;
  /** The head that the reviewer saw. */
  readonly commit: string;
  state: ReviewState;
  body: string;
  updatedAt: string;
  edit: Edit | null;
}

export type ReviewState = 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED' | 'DISMISSED';

export interface Edit {
  readonly editor: Account;
  readonly at: string;
}

/** A comment on lines of the diff, which starts a thread; `startLine` is its `line` where it is on one only. */
export interface ReviewComment {
  readonly id: number;
  readonly author: Account;
  readonly createdAt: string;
  readonly path: string;
  readonly startLine: number;
  readonly line: number;
  /** The lines as they were when it was written: without them in the file the thread is outdated. */
  readonly lines: readonly string[];
  readonly commit: string;
  body: string;
  updatedAt: string;
  /** What others said below it. */
  readonly replies: { readonly author: Account; readonly body: string; readonly id: number }[];
}
