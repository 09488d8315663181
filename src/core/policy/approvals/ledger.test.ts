import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anApproval, aScope } from '../../../../test/support/an-approval.ts';
import { carryLedger, pressesOf, recallWithdrawals, scopesByCode } from './carry-ledger.ts';
import { decodeLedger, encodeLedger } from './ledger-text.ts';
import { emptyLedger, type Ledger } from './ledger.ts';
import { tookBack, type Said } from './withdrawal.ts';

const at = '2026-11-23T12:00:00Z';
const commit = 'a'.repeat(40);
const shown = { code: 'K7Q2M9XA', commit, scope: aScope, contributors: [] as string[] };

const aLedger: Ledger = {
  shown: [shown],
  entries: [anApproval()],
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
  const carry = (said: Partial<Said>, before = aLedger) =>
    carryLedger(before, { approvals: [], withdrawals: [], ...said, shown: [], edits: [] });

  test('what counted keeps what it approved, and is shown with what it is worth now', () => {
    const ignoredBecause = 'is not among the approvers of the policy';
    expect(carry({ approvals: [anApproval({ code: null, ignoredBecause })] }).entries).toEqual([
      anApproval({ ignoredBecause }),
    ]);
  });

  test.each([
    { how: 'review' as const, reason: 'a later review took its place' },
    { how: 'command' as const, reason: 'the comment is gone' },
  ])('a $how that GitHub no longer has stays, and counts for nothing', ({ how, reason }) => {
    const before = { ...aLedger, entries: [anApproval({ how })] };
    expect(carry({}, before).entries).toEqual([anApproval({ how, ignoredBecause: reason })]);
  });

  test('a dismissed review stays with the reason; one that never approved is not taken in', () => {
    const dismissed = { id: 'review 1', by: 'ada', at, because: 'the review was dismissed' };
    expect(carry({ withdrawals: [dismissed, { ...dismissed, id: 'review 2' }] }).entries).toEqual([
      anApproval({ ignoredBecause: 'the review was dismissed' }),
    ]);
  });

  test('what was taken back stays so, though nothing on GitHub says it any more', () => {
    const before = { ...aLedger, entries: [anApproval({ ignoredBecause: tookBack }), anApproval({ id: 'review 2' })] };
    const { approvals, withdrawals } = recallWithdrawals(before, {
      approvals: [anApproval({ id: 'review 3' }), anApproval({ id: 'review 2' }), anApproval()],
      withdrawals: [],
    });
    expect(approvals.map(({ id }) => id)).toEqual(['review 3', 'review 2']);
    expect(withdrawals).toEqual([{ id: 'review 1', by: 'ada', at, because: tookBack }]);
  });

  test('a press is an approval for as long as the ledger has it', () => {
    const press = anApproval({ id: 'click 1', how: 'button', shownAt: at, ignoredBecause: 'has not been judged yet' });
    expect(pressesOf({ ...aLedger, entries: [anApproval(), press] })).toEqual([{ ...press, ignoredBecause: null }]);
  });

  test('a code means what was shown first under it', () => {
    const larger = { ...shown, scope: { ...aScope, items: [] } };
    expect(scopesByCode([shown, larger]).get(shown.code)).toBe(aScope);
    const after = carryLedger(aLedger, { approvals: [], withdrawals: [], shown: [larger], edits: [] });
    expect(after.shown).toEqual([shown]);
  });
});
