import type { Channel } from './ledger.ts';

/** What one person said of what waits: that it may be, or that it may not. */
export interface Statement {
  /** Unique among all channels: `review 12`, `comment 34`, `click <delivery>`. */
  readonly id: string;
  readonly by: string;
  readonly isBot: boolean;
  readonly how: Channel;
  /** GitHub's time of it, ISO 8601; of a press of the button ours, since GitHub has none. */
  readonly at: string;
  /** Of a press, when GitHub completed the run that was pressed: it was after that. null for everything else. */
  readonly shownAt: string | null;
  /** null for an approval; else in words how it takes approvals back. */
  readonly withdraws: string | null;
  /** The commit that the person saw, where that is known. */
  readonly commit: string | null;
  /** The code of what the person saw, where that is known. */
  readonly code: string | null;
  /** Why it is no approval, whoever gave it: an edited comment, an unknown code; null for one as it should be. */
  readonly flaw: string | null;
}

/** How somebody takes back what they approved, in their own words. */
export const tookBack = 'took the approval back';

/** Approvals that their authors stand by, and those that were taken back. */
export interface StandingApprovals {
  /** Newest first. */
  readonly standing: readonly Statement[];
  /** Why, by id. */
  readonly takenBack: ReadonlyMap<string, string>;
}

/**
 * The latest statement of a person wins, whichever way it was said: one who asks for changes, unapproves, or whose review
 * is dismissed takes back all that they approved until then. At the same instant the one that takes back wins.
 */
export function approvalsThatStand(statements: readonly Statement[]): StandingApprovals {
  const withdrawals = new Map<string, Statement>();
  for (const statement of statements.filter(({ withdraws }) => withdraws !== null)) {
    const person = statement.by.toLowerCase();
    const known = withdrawals.get(person);
    if (known === undefined || timeOf(statement) > timeOf(known)) withdrawals.set(person, statement);
  }
  const standing: Statement[] = [];
  const takenBack = new Map<string, string>();
  for (const statement of statements) {
    if (statement.withdraws !== null) {
      takenBack.set(statement.id, statement.withdraws);
      continue;
    }
    const withdrawal = withdrawals.get(statement.by.toLowerCase());
    if (withdrawal === undefined || timeOf(statement) > timeOf(withdrawal)) standing.push(statement);
    else takenBack.set(statement.id, withdrawal.withdraws ?? '');
  }
  return { standing: standing.toSorted((one, other) => timeOf(other) - timeOf(one)), takenBack };
}

/**
 * By GitHub's clock only, which ours may be ahead of: a press counts from when its run was shown, so that whatever was
 * taken back since is. With a time that can't be read an approval is the first of all, and a withdrawal the last.
 */
function timeOf({ at, shownAt, withdraws }: Statement): number {
  const time = Date.parse(shownAt ?? at);
  return Number.isNaN(time) ? (withdraws === null ? -Infinity : Infinity) : time;
}
