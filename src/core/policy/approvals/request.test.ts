import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aPair } from '../../../../test/support/a-run.ts';
import { startOf } from '../../problem.ts';
import { gibibyte } from '../../units/bytes.ts';
import { approvalScope, covers, fingerprintText, whatIsNew, type ApprovalItem, type ApprovalScope } from './request.ts';
import type { Finding } from '../rule.ts';

const item: ApprovalItem = {
  rule: 'scale-jump',
  path: 'a.yaml',
  scale: 'Large',
  parameters: 1e9,
  memoryBytes: 40e9,
  costUsd: 10_000,
  gpuHours: 1000,
  tokens: 2e9,
  gpus: 64,
};

function scope(...items: Partial<ApprovalItem>[]): ApprovalScope {
  return { guards: 'plan 1', items: items.map((parts) => ({ ...item, ...parts })) };
}

test('the scope holds what waits for approval, with the figures of its config', () => {
  const finding = (rule: string, level: Finding['level'], path: string | null): Finding => ({
    rule,
    level,
    path,
    place: startOf(path ?? 'docs/plan.md'),
    message: '',
    action: '',
    alsoRules: [],
    cause: rule,
    isStanding: false,
  });
  const findings = [
    finding('plan-change', 'approval', null),
    finding('scale-jump', 'approval', 'a.yaml'),
    finding('monitoring', 'warning', 'a.yaml'),
  ];
  const pair = aPair({ path: 'a.yaml', head: { parameters: 1e9, peakGib: 40, costUsd: null, gpuHours: 1000 } });
  const unknown = { parameters: null, memoryBytes: null, costUsd: null, gpuHours: null, tokens: null, gpus: null };
  const nothing = { scale: null, ...unknown };
  expect(approvalScope(findings, [pair], 'plan 1')).toEqual({
    guards: 'plan 1',
    items: [
      { rule: 'plan-change', path: 'docs/plan.md', ...nothing },
      { ...item, memoryBytes: 40 * gibibyte, costUsd: null },
    ],
  });
});

describe('an approval covers', () => {
  test.each([
    { now: scope({}), what: 'what was approved' },
    { now: scope({ parameters: 9e8, memoryBytes: 1, costUsd: 0 }), what: 'less' },
    { now: scope(), what: 'nothing' },
  ])('$what', ({ now }) => {
    expect(covers(scope({}, { path: 'b.yaml' }), now)).toBe(true);
  });
});

describe('an approval does not cover', () => {
  test.each([
    { now: scope({ parameters: 1e9 + 1 }), says: 'scale-jump of a.yaml has changed in parameters' },
    { now: scope({ memoryBytes: 41e9 }), says: 'scale-jump of a.yaml has changed in memory' },
    { now: scope({ costUsd: 10_001 }), says: 'scale-jump of a.yaml has changed in cost' },
    { now: scope({ gpuHours: 1001 }), says: 'scale-jump of a.yaml has changed in GPU-hours' },
    { now: scope({ tokens: 20e9 }), says: 'scale-jump of a.yaml has changed in tokens' },
    { now: scope({ gpus: 128 }), says: 'scale-jump of a.yaml has changed in GPUs' },
    { now: scope({ costUsd: null }), says: 'scale-jump of a.yaml has changed in cost' },
    { now: scope({ scale: 'XL' }), says: 'scale-jump of a.yaml has changed in scale' },
    { now: scope({}, { path: 'b.yaml' }), says: 'scale-jump of b.yaml did not wait then' },
    { now: scope({ rule: 'plan-change', path: null }), says: 'plan-change did not wait then' },
    { now: { ...scope({}), guards: 'plan 2' }, says: 'the plan or the policy has changed since' },
  ])('$says', ({ now, says }) => {
    expect(whatIsNew(scope({}), now)).toBe(says);
    expect(covers(scope({}), now)).toBe(false);
  });

  test('a figure that was unknown and now is known', () => {
    expect(covers(scope({ costUsd: null }), scope({ costUsd: 1 }))).toBe(false);
  });
});

const figure = fc.option(fc.integer({ min: 0, max: 3 }), { nil: null });
const anItem: fc.Arbitrary<ApprovalItem> = fc.record({
  rule: fc.constantFrom('scale-jump', 'beyond-plan'),
  path: fc.constantFrom('a.yaml', 'b.yaml', null),
  scale: fc.constantFrom('Large', 'XL', null),
  parameters: figure,
  memoryBytes: figure,
  costUsd: figure,
  gpuHours: figure,
  tokens: figure,
  gpus: figure,
});
const aScope = fc.record({ guards: fc.constantFrom('plan 1', 'plan 2'), items: fc.array(anItem, { maxLength: 4 }) });

describe('covering', () => {
  test('holds of every scope and itself', () => {
    fc.assert(fc.property(aScope, (one) => covers(one, one)));
  });

  test('passes on: what covers a cover covers the covered', () => {
    fc.assert(fc.property(aScope, aScope, aScope, (a, b, c) => !covers(a, b) || !covers(b, c) || covers(a, c)));
  });

  test('is not lost when something stops waiting or a figure shrinks', () => {
    fc.assert(
      fc.property(aScope, fc.nat({ max: 3 }), (one, index) => {
        const smaller = one.items.map((entry) => ({
          ...entry,
          costUsd: entry.costUsd === null ? null : entry.costUsd / 2,
        }));
        expect(covers(one, { ...one, items: one.items.toSpliced(index, 1) })).toBe(true);
        expect(covers(one, { ...one, items: smaller })).toBe(true);
      }),
    );
  });

  test('holds both ways only between scopes of one item that are the same', () => {
    fc.assert(
      fc.property(anItem, anItem, (a, b) => {
        const [one, other] = [scope(a), scope(b)];
        expect(covers(one, other) && covers(other, one)).toBe(fingerprintText(one) === fingerprintText(other));
      }),
    );
  });

  test('is lost with any growth', () => {
    fc.assert(
      fc.property(
        anItem,
        fc.constantFrom('parameters', 'memoryBytes', 'costUsd', 'gpuHours', 'tokens', 'gpus'),
        (one, name) => {
          expect(covers(scope(one), scope({ ...one, [name]: (one[name] ?? 0) + 1 }))).toBe(false);
        },
      ),
    );
  });
});

test('the fingerprint does not depend on the order of findings', () => {
  fc.assert(
    fc.property(aScope, (one) => {
      expect(fingerprintText({ ...one, items: one.items.toReversed() })).toBe(fingerprintText(one));
    }),
  );
});
