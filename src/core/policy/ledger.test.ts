import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aScope } from '../../../test/support/an-approval.ts';
import { carryLedger, clicksOf, scopesByCode } from './carry-ledger.ts';
import { decodeLedger, encodeLedger } from './ledger-text.ts';
import { emptyLedger, type Ledger, type LedgerEntry } from './ledger.ts';
import type { Statement } from './statement.ts';

const at = '2026-11-23T12:00:00Z';
const commit = 'a'.repeat(40);
const shown = { code: 'K7Q2M9XA', commit, scope: aScope, contributors: [] as string[] };

function anEntry(parts: Partial<LedgerEntry> = {}): LedgerEntry {
  const { code } = shown;
  const review = { id: 'review 1', by: 'ada', isBot: false, how: 'review', at, shownAt: null } as const;
  return { ...review, commit, code, ignoredBecause: null, ...parts };
}

function anOpinion(parts: Partial<Statement> = {}): Statement {
  const { code } = shown;
  return {
    id: 'review 1',
    by: 'ada',
    isBot: false,
    how: 'review',
    at,
    shownAt: null,
    withdraws: null,
    commit,
    code,
    flaw: null,
    ...parts,
  };
}

const aLedger: Ledger = {
  shown: [shown],
  entries: [anEntry()],
  edits: [{ by: 'mallory', at }],
  pushes: [{ by: 'ada', before: commit, after: commit }],
};

const text = fc.oneof(
  fc.string(),
  fc.constantFrom('-->', '<!-- scalegate:ledger:1 {} -->', '\n', '"', '\\', '1e-9', '|'),
);
const code = fc.stringMatching(/^[2-9A-HJ-NP-Z]{8}$/);
const figure = fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }), { nil: null });
const item = fc.record({
  rule: text,
  path: fc.option(text, { nil: null }),
  scale: fc.option(text, { nil: null }),
  parameters: figure,
  memoryBytes: figure,
  costUsd: figure,
  gpuHours: figure,
  tokens: figure,
  gpus: figure,
});
const anyLedger: fc.Arbitrary<Ledger> = fc.record({
  shown: fc.array(
    fc.record({
      code,
      commit: fc.constant(commit),
      scope: fc.record({ guards: text, items: fc.array(item) }),
      contributors: fc.array(text),
    }),
  ),
  entries: fc.array(
    fc.record({
      id: text,
      by: text,
      isBot: fc.boolean(),
      how: fc.constantFrom('review' as const, 'command' as const, 'button' as const),
      at: fc.constant(at),
      shownAt: fc.constantFrom(at, null),
      commit: fc.constant(commit),
      code: fc.option(code, { nil: null }),
      ignoredBecause: fc.option(text, { nil: null }),
    }),
  ),
  edits: fc.array(fc.record({ by: text, at: fc.constant(at) })),
  pushes: fc.array(fc.record({ by: text, before: fc.constant(commit), after: fc.constant(commit) }), {
    maxLength: 100,
  }),
});

describe('the text of a ledger', () => {
  test('is read as it was written, whatever others wrote into it', () => {
    fc.assert(
      fc.property(anyLedger, text, (ledger, before) => {
        const encoded = encodeLedger(ledger, 1e6);
        expect(encoded).not.toMatch(/\n|-->./);
        // JSON has no negative zero
        expect(decodeLedger(`${before}\n${encoded}`)).toEqual(JSON.parse(JSON.stringify(ledger)));
      }),
    );
  });

  test('keeps to its size; what counts goes last, and the oldest first', () => {
    fc.assert(
      fc.property(anyLedger, fc.integer({ min: 0, max: 3000 }), (ledger, max) => {
        const encoded = encodeLedger(ledger, max);
        expect(encoded.length).toBeLessThanOrEqual(max);
        const { entries } = decodeLedger(encoded);
        const counted = ledger.entries.filter(({ ignoredBecause }) => ignoredBecause === null);
        const worthless = entries.filter(({ ignoredBecause }) => ignoredBecause !== null);
        if (worthless.length > 0) expect(entries.length - worthless.length).toBe(counted.length);
        expect(worthless).toEqual(
          worthless.length === 0
            ? []
            : JSON.parse(
                JSON.stringify(
                  ledger.entries.filter(({ ignoredBecause }) => ignoredBecause !== null).slice(-worthless.length),
                ),
              ),
        );
      }),
    );
  });

  test.each([
    ['nothing', ''],
    ['no ledger', '| who | when |'],
    ['no JSON', '<!-- scalegate:ledger:1 {" -->'],
    ['another version', encodeLedger(aLedger, 1e5).replace(':1 ', ':2 ')],
    ['an unknown field', encodeLedger(aLedger, 1e5).replace('"shown"', '"admin":true,"shown"')],
    ['a code that is none', encodeLedger(aLedger, 1e5).replaceAll('K7Q2M9XA', 'K7Q2M9X0')],
    ['a figure that is none', encodeLedger(aLedger, 1e5).replace('30000', '"30000"')],
    ['within a line of others', `x ${encodeLedger(aLedger, 1e5)}`],
    ['too long', encodeLedger(aLedger, 1e5) + '\n'.repeat(200_000)],
  ])('that has %s is an empty ledger', (_, broken) => {
    expect(decodeLedger(broken)).toEqual(emptyLedger);
  });
});

describe('from one evaluation to the next', () => {
  const carry = (statements: readonly Statement[], worth: [string, string | null][] = []) =>
    carryLedger(aLedger, { statements, worth: new Map(worth), shown: [], edits: [] });

  test('what counted keeps what it approved, and is shown with what it is worth now', () => {
    const reason = 'is not among the approvers of the policy';
    expect(carry([anOpinion({ code: null })], [['review 1', reason]]).entries).toEqual([
      anEntry({ ignoredBecause: reason }),
    ]);
  });

  test.each([
    { how: 'review' as const, reason: 'a later review took its place' },
    { how: 'command' as const, reason: 'the comment is gone' },
  ])('a $how that GitHub no longer has stays, and counts for nothing', ({ how, reason }) => {
    const before = { ...aLedger, entries: [anEntry({ how })] };
    const after = carryLedger(before, { statements: [], worth: new Map(), shown: [], edits: [] });
    expect(after.entries).toEqual([anEntry({ how, ignoredBecause: reason })]);
  });

  test('a dismissed review stays with the reason; one that never approved is not taken in', () => {
    const dismissed = anOpinion({ withdraws: 'the review was dismissed' });
    expect(carry([dismissed, anOpinion({ id: 'review 2', withdraws: 'asks for changes' })]).entries).toEqual([
      anEntry({ ignoredBecause: 'the review was dismissed' }),
    ]);
  });

  test('a click is an statement for as long as the ledger has it', () => {
    const click = anEntry({ id: 'click 1', how: 'button', shownAt: at, ignoredBecause: 'has not been judged yet' });
    expect(clicksOf({ ...aLedger, entries: [anEntry(), click] })).toEqual([
      anOpinion({ id: 'click 1', how: 'button', shownAt: at }),
    ]);
  });

  test('a code means what was shown first under it', () => {
    const larger = { ...shown, scope: { ...aScope, items: [] } };
    expect(scopesByCode([shown, larger]).get(shown.code)).toBe(aScope);
    expect(carryLedger(aLedger, { statements: [], worth: new Map(), shown: [larger], edits: [] }).shown).toEqual([
      shown,
    ]);
  });
});
