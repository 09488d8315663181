import type { Approval } from './approval.ts';
import type { CommentEdit, Ledger, Push } from './ledger.ts';
import type { ApprovalRequest, ApprovalScope } from './request.ts';
import { tookBack, type Said } from './withdrawal.ts';

/** What one evaluation adds to what is known. */
export interface Seen extends Said {
  readonly shown: readonly ApprovalRequest[];
  readonly edits: readonly CommentEdit[];
}

/** The ledger after an evaluation: whatever was in it stays, with what it is worth now. */
export function carryLedger(before: Ledger, { approvals, withdrawals, shown, edits }: Seen): Ledger {
  const known = new Map(before.entries.map((entry) => [entry.id, entry]));
  const now = new Set(approvals.map(({ id }) => id));
  const withdrawn = new Map(withdrawals.map(({ id, because }) => [id, because]));
  const kept = before.entries
    .filter(({ id }) => !now.has(id))
    .map((entry) => ({ ...entry, ignoredBecause: withdrawn.get(entry.id) ?? whyGone(entry) }));
  const seen = approvals.map((approval) => {
    const entry = known.get(approval.id);
    return { ...approval, at: entry?.at ?? approval.at, code: approval.code ?? entry?.code ?? null };
  });
  return {
    ...before,
    shown: withShown(before.shown, shown),
    entries: [...kept, ...seen].toSorted(byTime),
    edits: withEdits(before, edits),
  };
}

/** What a code was first shown for, and everybody who has taken part while it was: a forced push makes nobody unseen. */
function withShown(before: readonly ApprovalRequest[], now: readonly ApprovalRequest[]): readonly ApprovalRequest[] {
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
function whyGone({ how }: Approval): string {
  return how === 'review' ? 'a later review took its place' : 'the comment is gone';
}

/**
 * The ledger with presses of "Approve" that it does not have. It takes them in before anything is evaluated, so that they
 * outlive an evaluation that fails; each is of what the pressed run showed, whatever stands when it is judged.
 */
export function recordPresses(ledger: Ledger, presses: readonly Approval[]): Ledger {
  const known = new Set(ledger.entries.map(({ id }) => id));
  const unknown = presses.filter(({ id }) => !known.has(id));
  return unknown.length === 0 ? ledger : { ...ledger, entries: [...ledger.entries, ...unknown] };
}

/** The ledger with pushes that it does not have: GitHub says who pushed when it happens, and not again. */
export function recordPushes(ledger: Ledger, pushes: readonly Push[]): Ledger {
  const known = new Set(ledger.pushes.map(({ after, by }) => `${after} ${by}`));
  const unknown = pushes.filter(({ after, by }) => !known.has(`${after} ${by}`));
  return unknown.length === 0 ? ledger : { ...ledger, pushes: [...ledger.pushes, ...unknown] };
}

/** Presses of the button, which GitHub does not keep, as the approvals that they still are. */
export function pressesOf({ entries }: Ledger): readonly Approval[] {
  return entries
    .filter(({ how }) => how === 'button')
    .map((press) => ({ ...press, ignoredBecause: press.code === null ? press.ignoredBecause : null }));
}

/**
 * What was taken back stays so until that person approves again, however it was given, and whatever has become of the
 * comment that took it back.
 */
export function recallWithdrawals({ entries }: Ledger, { approvals, withdrawals }: Said): Said {
  const withdrawn = new Set(entries.flatMap(({ id, ignoredBecause }) => (ignoredBecause === tookBack ? [id] : [])));
  const recalled = approvals
    .filter(({ id }) => withdrawn.has(id))
    .map(({ id, by, at, shownAt }) => ({ id, by, at: shownAt ?? at, because: tookBack }));
  return {
    approvals: approvals.filter(({ id }) => !withdrawn.has(id)),
    withdrawals: [...withdrawals, ...recalled],
  };
}

/** What each code stands for; what people saw first under a code is what it means. */
export function scopesByCode(shown: readonly ApprovalRequest[]): ReadonlyMap<string, ApprovalScope> {
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
