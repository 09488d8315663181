import type { Approval } from './approval.ts';

/** Somebody takes back all that they have approved until then. */
export interface Withdrawal {
  /** As of approvals: a review that is dismissed has the id of the approval that it was. */
  readonly id: string;
  readonly by: string;
  /** GitHub's time of it, ISO 8601. */
  readonly at: string;
  /** How, in words that say of an approval why it does not count. */
  readonly because: string;
}

/** How somebody takes back what they approved, in their own words. */
export const tookBack = 'took the approval back';

/** What people say of what waits: that it may be, or that it may not. */
export interface Said {
  /** Newest first, as GitHub lists them. */
  readonly approvals: readonly Approval[];
  readonly withdrawals: readonly Withdrawal[];
}

/** Approvals that their authors stand by, and those that were taken back. */
export interface StandingApprovals {
  /** Newest first. */
  readonly standing: readonly Approval[];
  /** Each with the reason. */
  readonly takenBack: readonly Approval[];
}

/**
 * The latest word of a person wins, whichever way it was said: one who asks for changes, unapproves, or whose review is
 * dismissed takes back all that they approved until then. At the same instant the one that takes back wins.
 */
export function approvalsThatStand({ approvals, withdrawals }: Said): StandingApprovals {
  const latest = new Map<string, Withdrawal>();
  for (const withdrawal of withdrawals) {
    const known = latest.get(withdrawal.by.toLowerCase());
    if (known === undefined || timeOfWithdrawal(withdrawal) > timeOfWithdrawal(known)) {
      latest.set(withdrawal.by.toLowerCase(), withdrawal);
    }
  }
  const standing: Approval[] = [];
  const takenBack: Approval[] = [];
  for (const approval of approvals) {
    const withdrawal = latest.get(approval.by.toLowerCase());
    if (withdrawal === undefined || timeOf(approval) > timeOfWithdrawal(withdrawal)) standing.push(approval);
    else takenBack.push({ ...approval, ignoredBecause: withdrawal.because });
  }
  return { standing: standing.toSorted((one, other) => timeOf(other) - timeOf(one)), takenBack };
}

/**
 * By GitHub's clock only, which ours may be ahead of: a press counts from when its run was shown, so that whatever was
 * taken back since is. With a time that can't be read an approval is the first of all, and a withdrawal the last.
 */
function timeOf({ at, shownAt }: Approval): number {
  const time = Date.parse(shownAt ?? at);
  return Number.isNaN(time) ? -Infinity : time;
}

function timeOfWithdrawal({ at }: Withdrawal): number {
  const time = Date.parse(at);
  return Number.isNaN(time) ? Infinity : time;
}
