import type { Channel } from './ledger.ts';

/** What one person said of what waits: that it may be, or that it may not. */
export interface Opinion {
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
  readonly standing: readonly Opinion[];
  /** Why, by id. */
  readonly takenBack: ReadonlyMap<string, string>;
}

/**
 * The latest opinion of a person wins, whichever way it was said: one who asks for changes, unapproves, or whose review
 * is dismissed takes back all that they approved until then. At the same instant the one that takes back wins.
 */
export function approvalsThatStand(opinions: readonly Opinion[]): StandingApprovals {
  const withdrawals = new Map<string, Opinion>();
  for (const opinion of opinions.filter(({ withdraws }) => withdraws !== null)) {
    const person = opinion.by.toLowerCase();
    const known = withdrawals.get(person);
    if (known === undefined || timeOf(opinion) > timeOf(known)) withdrawals.set(person, opinion);
  }
  const standing: Opinion[] = [];
  const takenBack = new Map<string, string>();
  for (const opinion of opinions) {
    if (opinion.withdraws !== null) {
      takenBack.set(opinion.id, opinion.withdraws);
      continue;
    }
    const withdrawal = withdrawals.get(opinion.by.toLowerCase());
    if (withdrawal === undefined || timeOf(opinion) > timeOf(withdrawal)) standing.push(opinion);
    else takenBack.set(opinion.id, withdrawal.withdraws ?? '');
  }
  return { standing: standing.toSorted((one, other) => timeOf(other) - timeOf(one)), takenBack };
}

/**
 * By GitHub's clock only, which ours may be ahead of: a press counts from when its run was shown, so that whatever was
 * taken back since is. With a time that can't be read an approval is the first of all, and a withdrawal the last.
 */
function timeOf({ at, shownAt, withdraws }: Opinion): number {
  const time = Date.parse(shownAt ?? at);
  return Number.isNaN(time) ? (withdraws === null ? -Infinity : Infinity) : time;
}
