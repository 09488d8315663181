import type { ApprovalScope } from './approval-scope.ts';
import type { CommentEdit, Ledger, LedgerEntry, ShownScope } from './ledger.ts';
import { tookBack, type Statement } from './statement.ts';

/** What one evaluation adds to what is known. */
export interface Seen {
  /** All statements of now, each with the code of what it approved. */
  readonly statements: readonly Statement[];
  /** By id of the statement: why it does not count; null where it does. */
  readonly worth: ReadonlyMap<string, string | null>;
  readonly shown: readonly ShownScope[];
  readonly edits: readonly CommentEdit[];
}

/** The ledger after an evaluation: whatever was in it stays, with what it is worth now. */
export function carryLedger(before: Ledger, { statements, worth, shown, edits }: Seen): Ledger {
  const known = new Map(before.entries.map((entry) => [entry.id, entry]));
  const now = new Map(statements.map((statement) => [statement.id, statement]));
  const kept = before.entries.flatMap((entry) => (now.has(entry.id) ? [] : [gone(entry)]));
  const seen = statements.flatMap((statement) => entryOf(statement, known.get(statement.id), worth.get(statement.id)));
  return {
    ...before,
    shown: withShown(before.shown, shown),
    entries: [...kept, ...seen].toSorted(byTime),
    edits: withEdits(before, edits),
  };
}

/** What a code was first shown for, and everybody who has taken part while it was: a forced push makes nobody unseen. */
function withShown(before: readonly ShownScope[], now: readonly ShownScope[]): readonly ShownScope[] {
  const together = (code: string) => {
    const people = [...before, ...now].filter((one) => one.code === code).flatMap(({ contributors }) => contributors);
    return [...new Set(people)];
  };
  const codes = distinct([...before, ...now], ({ code }) => code);
  return codes.map((one) => ({ ...one, contributors: together(one.code) }));
}

/** The ledger where nothing waits and nobody was asked: nothing in it is worth more or less by that. */
export function keepLedger(before: Ledger, edits: readonly CommentEdit[]): Ledger {
  return { ...before, edits: withEdits(before, edits) };
}

function withEdits(before: Ledger, edits: readonly CommentEdit[]): readonly CommentEdit[] {
  return distinct([...before.edits, ...edits], ({ by, at }) => `${by} ${at}`).toSorted(byTime);
}

/** GitHub no longer has it. */
function gone(entry: LedgerEntry): LedgerEntry {
  return { ...entry, ignoredBecause: entry.how === 'review' ? 'a later review took its place' : 'the comment is gone' };
}

/** What never approved is no business of the ledger. */
function entryOf(
  { id, by, isBot, how, at, shownAt, withdraws, commit, code, flaw }: Statement,
  known: LedgerEntry | undefined,
  worth: string | null | undefined,
): readonly LedgerEntry[] {
  if (withdraws !== null && known === undefined) return [];
  const ignoredBecause = worth === undefined ? (withdraws ?? flaw ?? 'nothing waited for approval') : worth;
  return [
    { id, by, isBot, how, at: known?.at ?? at, shownAt, commit, code: code ?? known?.code ?? null, ignoredBecause },
  ];
}

/** Presses of buttons, which GitHub does not keep, as the statements that they still are. */
export function clicksOf({ entries }: Ledger): readonly Statement[] {
  return entries
    .filter(({ how }) => how === 'button')
    .map(({ id, by, isBot, how, at, shownAt, commit, code, ignoredBecause }) => {
      const flaw = code === null ? (ignoredBecause ?? 'was a click on an unknown state') : null;
      return { id, by, isBot, how, at, shownAt, withdraws: null, commit, code, flaw };
    });
}

/**
 * What was taken back stays so until that person approves again, however it was given, and whatever has become of the
 * comment that took it back.
 */
export function recallWithdrawals({ entries }: Ledger, statements: readonly Statement[]): readonly Statement[] {
  const withdrawn = new Set(entries.flatMap(({ id, ignoredBecause }) => (ignoredBecause === tookBack ? [id] : [])));
  return statements.map((statement) =>
    statement.withdraws === null && withdrawn.has(statement.id) ? { ...statement, withdraws: tookBack } : statement,
  );
}

/** What each code stands for; what people saw first under a code is what it means. */
export function scopesByCode(shown: readonly ShownScope[]): ReadonlyMap<string, ApprovalScope> {
  return new Map(shown.toReversed().map(({ code, scope }) => [code, scope]));
}

function distinct<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[] {
  const first = new Map<string, Item>();
  for (const item of items) if (!first.has(keyOf(item))) first.set(keyOf(item), item);
  return [...first.values()];
}

function byTime(one: { readonly at: string }, other: { readonly at: string }): number {
  return one.at < other.at ? -1 : one.at > other.at ? 1 : 0;
}
