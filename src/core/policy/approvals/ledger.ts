import type { Approval } from './approval.ts';
import type { ApprovalRequest } from './request.ts';

/**
 * What GitHub's own state forgets: presses of a button, what an approval was an approval of, and what became of it.
 * Losing it loses approvals and never makes one.
 */
export interface Ledger {
  /** What was shown under which code, oldest first: an approval of an earlier code is held against what stands now. */
  readonly shown: readonly ApprovalRequest[];
  /** What each was worth when it was last counted, oldest first. */
  readonly entries: readonly Approval[];
  /** Edits of scalegate's comment by others, oldest first. */
  readonly edits: readonly CommentEdit[];
  /** Oldest first. */
  readonly pushes: readonly Push[];
}

/** Somebody else changed the text of scalegate's comment. */
export interface CommentEdit {
  readonly by: string;
  readonly at: string;
}

/** Somebody pushed to the branch, which GitHub says when it happens and keeps nowhere. */
export interface Push {
  readonly by: string;
  /** The head before and after. */
  readonly before: string;
  readonly after: string;
}

export const emptyLedger: Ledger = { shown: [], entries: [], edits: [], pushes: [] };
