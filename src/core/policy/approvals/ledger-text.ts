import { z } from 'zod';
import { emptyLedger, type Ledger } from './ledger.ts';

const start = '<!-- scalegate:ledger:1 ';
const end = ' -->';

const Line = z.string().max(1000);
const Login = z.string().max(100);
const Code = z.string().regex(/^[2-9A-HJ-NP-Z]{8}$/);
const Instant = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/);
const Sha = z.string().regex(/^[0-9a-f]{40,64}$/);
const Figure = z.number().nullable();

const Item = z.strictObject({
  rule: z.string().max(100),
  path: z.string().max(5000).nullable(),
  scale: Line.nullable(),
  parameters: Figure,
  memoryBytes: Figure,
  costUsd: Figure,
  gpuHours: Figure,
  tokens: Figure,
  gpus: Figure,
});

/** One approval, in the ledger and in a job that brings it. */
export const ApprovalText = z.strictObject({
  id: z.string().max(200),
  by: Login,
  isBot: z.boolean(),
  how: z.enum(['review', 'command', 'button']),
  at: Instant,
  shownAt: Instant.nullable().default(null),
  commit: Sha.nullable(),
  code: Code.nullable(),
  ignoredBecause: Line.nullable(),
});

const LedgerText = z.strictObject({
  shown: z
    .array(
      z.strictObject({
        code: Code,
        commit: Sha,
        scope: z.strictObject({ guards: z.string().max(200), items: z.array(Item).max(2000) }),
        contributors: z.array(Login).max(500).default([]),
      }),
    )
    .max(1000),
  entries: z.array(ApprovalText).max(1000),
  edits: z.array(z.strictObject({ by: Login, at: Instant })).max(1000),
  pushes: z
    .array(z.strictObject({ by: Login, before: Sha, after: Sha }))
    .max(1000)
    .default([]),
});

/**
 * The ledger as one line that no reader of the Markdown sees, of at most `max` characters: the oldest of what counts for
 * nothing goes first, and what counts goes last. What is left out has to be approved again.
 */
export function encodeLedger(ledger: Ledger, max: number): string {
  let left = withoutTooLong(ledger);
  for (;;) {
    const text = `${start}${hiddenJson(left)}${end}`;
    if (text.length <= max) return text;
    const smaller = withoutOldest(left, text.length - max);
    if (smaller === null) return '';
    left = smaller;
  }
}

/** Of commits that are long gone nobody asks who pushed them. */
const mostPushes = 100;

/** JSON in which nothing ends an HTML comment. */
function hiddenJson(ledger: Ledger): string {
  return JSON.stringify(ledger).replaceAll(/[<>&]/g, (found) => `\\u00${found.charCodeAt(0).toString(16)}`);
}

/** What could not be read again is not written. */
function withoutTooLong(ledger: Ledger): Ledger {
  const { shown, entries, edits } = LedgerText.shape;
  const pushes = LedgerText.shape.pushes.unwrap();
  return {
    shown: ledger.shown.filter((item) => shown.element.safeParse(item).success).slice(-1000),
    entries: ledger.entries.filter((item) => entries.element.safeParse(item).success).slice(-1000),
    edits: ledger.edits.filter((item) => edits.element.safeParse(item).success).slice(-1000),
    pushes: ledger.pushes.filter((item) => pushes.element.safeParse(item).success).slice(-mostPushes),
  };
}

/** Without the least valuable part: about so many characters, and at least one thing. null when nothing is left. */
function withoutOldest(ledger: Ledger, excess: number): Ledger | null {
  const counted = ledger.entries.filter(({ ignoredBecause }) => ignoredBecause === null);
  const worthless = ledger.entries.filter(({ ignoredBecause }) => ignoredBecause !== null);
  if (worthless.length > 0) return { ...ledger, entries: without(ledger.entries, oldest(worthless, excess)) };
  if (ledger.edits.length > 0) return { ...ledger, edits: without(ledger.edits, oldest(ledger.edits, excess)) };
  const idle = ledger.shown.filter(({ code }) => !counted.some((entry) => entry.code === code));
  const scopes = idle.length > 0 ? idle : ledger.shown;
  if (scopes.length > 0) return { ...ledger, shown: without(ledger.shown, oldest(scopes, excess)) };
  return counted.length === 0 ? null : { ...ledger, entries: without(counted, oldest(counted, excess)) };
}

function without<Item>(items: readonly Item[], dropped: ReadonlySet<Item>): Item[] {
  return items.filter((item) => !dropped.has(item));
}

function oldest<Item>(items: readonly Item[], excess: number): ReadonlySet<Item> {
  let saved = 0;
  const dropped = new Set<Item>();
  for (const item of items) {
    if (saved >= excess) break;
    dropped.add(item);
    saved += JSON.stringify(item).length;
  }
  return dropped;
}

/**
 * The ledger in a text that only the App can have written: the caller makes sure of that. It is read as if it were
 * hostile all the same, and is empty where anything about it is wrong: that loses approvals and makes none.
 */
export function decodeLedger(text: string): Ledger {
  if (text.length > 200_000) return emptyLedger;
  const line = text.split(/\r?\n/).findLast((candidate) => candidate.startsWith(start) && candidate.endsWith(end));
  if (line === undefined) return emptyLedger;
  const { data } = LedgerText.safeParse(parsed(line.slice(start.length, -end.length)));
  return data ?? emptyLedger;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
