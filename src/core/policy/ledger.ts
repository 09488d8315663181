import type { ApprovalScope } from './approval-scope.ts';

/** How somebody says what they think of what waits. */
export type Channel = 'review' | 'command' | 'button';

/**
 * What GitHub's own state forgets: presses of a button, what an approval was an approval of, and what became of it.
 * Losing it loses approvals and never makes one.
 */
export interface Ledger {
  /** What was shown under which code, oldest first: an approval of an earlier code is held against what stands now. */
  readonly shown: readonly ShownScope[];
  /** Oldest first. */
  readonly entries: readonly LedgerEntry[];
  /** Edits of scalegate's comment by others, oldest first. */
  readonly edits: readonly CommentEdit[];
  /** Oldest first. */
  readonly pushes: readonly Push[];
}

export interface ShownScope {
  readonly code: string;
  /** The head at which it was first shown. */
  readonly commit: string;
  readonly scope: ApprovalScope;
  /** Logins of those who took part in the change while this was shown. */
  readonly contributors: readonly string[];
}

/** One approval, and what it is worth now. */
export interface LedgerEntry {
  /** Unique among all channels: `review 12`, `comment 34`, `click <delivery>`. */
  readonly id: string;
  readonly by: string;
  readonly isBot: boolean;
  readonly how: Channel;
  /** GitHub's time of it, ISO 8601; of a press of the button ours, since GitHub has none. */
  readonly at: string;
  /** Of a press, when GitHub completed the run that was pressed: it was after that. null for everything else. */
  readonly shownAt: string | null;
  readonly commit: string | null;
  /** Code of what it approved; null where that is unknown. */
  readonly code: string | null;
  /** Why it does not count now; null for an approval that counts. */
  readonly ignoredBecause: string | null;
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
