import type { Ledger, LedgerEntry, Push } from '../../core/policy/ledger.ts';
import { decodeExternalId } from '../checks/external-id.ts';

/**
 * What the buttons of a check run do; these words are their identifiers (at most 20 characters). None takes an approval
 * back: GitHub forgets clicks, and what is forgotten must never make an approval.
 */
export type ClickAction = 'approve' | 'recheck';

/** A press of a button on a check run, as the `check_run.requested_action` delivery states it. */
export interface Click {
  readonly by: string;
  readonly isBot: boolean;
  readonly action: ClickAction;
  /** `external_id` of the run that was clicked: which pull request and which state the person saw. */
  readonly externalId: string;
  /** When the delivery arrived, by our clock, ISO 8601: GitHub has no time of a press. */
  readonly at: string;
  /** When the run was completed that was clicked, or begun where that is not known, by GitHub's clock: it was pressed after that. */
  readonly shownAt: string;
  /** GUID of the delivery: the same click counts once. */
  readonly delivery: string;
}

/**
 * The ledger with the presses of "Approve" that it does not have. It takes them in before anything is evaluated, so that
 * they outlive an evaluation that fails; each is of what the clicked run showed, whatever stands when it is judged.
 */
export function recordClicks(ledger: Ledger, clicks: readonly Click[], pullRequest: number): Ledger {
  const known = new Set(ledger.entries.map(({ id }) => id));
  const pressed = clicks
    .filter(({ action }) => action === 'approve')
    .map((click) => entryOf(click, pullRequest))
    .filter(({ id }) => !known.has(id));
  return pressed.length === 0 ? ledger : { ...ledger, entries: [...ledger.entries, ...pressed] };
}

/** The ledger with pushes that it does not have: GitHub says who pushed when it happens, and not again. */
export function recordPushes(ledger: Ledger, pushes: readonly Push[]): Ledger {
  const known = new Set(ledger.pushes.map(({ after, by }) => `${after} ${by}`));
  const unknown = pushes.filter(({ after, by }) => !known.has(`${after} ${by}`));
  return unknown.length === 0 ? ledger : { ...ledger, pushes: [...ledger.pushes, ...unknown] };
}

function entryOf({ by, isBot, at, shownAt, delivery, externalId }: Click, pullRequest: number): LedgerEntry {
  const seen = decodeExternalId(externalId);
  const press = { id: `click ${delivery}`, by, isBot, how: 'button', at, shownAt } as const;
  if (seen?.pullRequest !== pullRequest) {
    const flaw = 'was a click on a check run that is not of this pull request';
    return { ...press, commit: null, code: null, ignoredBecause: flaw };
  }
  const { code, headSha: commit } = seen;
  const flaw = 'was a click on a check run on which nothing waited; approve again';
  return { ...press, commit, code, ignoredBecause: code === null ? flaw : 'has not been judged yet' };
}
