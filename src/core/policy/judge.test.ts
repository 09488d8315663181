import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aContext, aPair, aPlan, type EstimatedRunParts } from '../../../test/support/a-run.ts';
import { aSlot, waitingFor } from '../../../test/support/an-approval.ts';
import { startOf } from '../problem.ts';
import { judge } from './judge.ts';
import { readPolicy } from './read-policy.ts';
import type { RunPair } from './rule.ts';
import { verdictOf } from './verdict.ts';

function policyWith(rules = '{}') {
  const { policy, problems } = readPolicy({ path: 'p.yml', text: `{ scalegate_policy: 1, rules: ${rules} }` });
  expect(problems).toEqual([]);
  return policy;
}

function judged(pairs: readonly RunPair[], rules = '{}', context = aContext()) {
  return judge(policyWith(rules), pairs, context).map(({ rule, level, path }) => `${level} ${rule} ${path ?? '-'}`);
}

test('a plain run breaks no rule', () => {
  expect(judged([aPair()])).toEqual([]);
});

test('a deleted config has nothing to answer for', () => {
  expect(judged([aPair({ head: null })])).toEqual([]);
});

test('findings come worst first, then the pull request, then config by config', () => {
  const bad = { peakGib: 90, training: { log: null } };
  const pairs = [aPair({ path: 'b.yaml', head: bad }), aPair({ path: 'a.yaml', head: bad })];
  const context = aContext({ changedGuards: [startOf('docs/plan.md')] });
  expect(judged(pairs, '{ monitoring: approval, plan-deviation: off }', context)).toEqual([
    'error memory-limit b.yaml',
    'error memory-limit a.yaml',
    'approval plan-change -',
    'approval monitoring b.yaml',
    'approval monitoring a.yaml',
  ]);
});

test.each([
  { level: 'error', says: ['error memory-limit configs/run.yaml'] },
  { level: 'notice', says: ['notice memory-limit configs/run.yaml'] },
  { level: 'off', says: [] },
])('a rule at level $level says $says', ({ level, says }) => {
  expect(judged([aPair({ head: { peakGib: 90 } })], `{ memory-limit: ${level}, plan-deviation: off }`)).toEqual(says);
});

test('a complaint that asks less than its rule is lowered, and never raised above the level of the policy', () => {
  const pair = aPair({ head: { peakGib: 20, highGib: 90 } });
  expect(judged([pair], '{ plan-deviation: off }')).toEqual(['warning memory-limit configs/run.yaml']);
  expect(judged([pair], '{ plan-deviation: off, memory-limit: notice }')).toEqual([
    'notice memory-limit configs/run.yaml',
  ]);
});

test('options of the policy reach the rule', () => {
  expect(judged([aPair({ base: null, head: { parameters: 10e6 } })], '{ budget: { max_cost_usd: 10 } }')).toEqual([
    'error budget configs/run.yaml',
  ]);
});

const figure = fc.option(fc.double({ min: 0, max: 200, noNaN: true }), { nil: null });
const parameters = fc.option(fc.integer({ min: 1e6, max: 1e10 }), { nil: null });
const run: fc.Arbitrary<EstimatedRunParts> = fc.record({
  parameters,
  peakGib: figure,
  gpuHours: figure,
  costUsd: figure,
  limitGib: fc.constantFrom(79, null),
});
const pair = fc.record({ base: fc.option(run, { nil: null }), head: run }).map((parts) => aPair(parts));
const slots = [aSlot({ users: ['ada'] })];

test('memory that becomes unknown, or is of a new run, never passes with a policy', () => {
  fc.assert(
    fc.property(fc.array(pair), pair, (others, { base, head, ...rest }) => {
      const known = base?.estimate.memory === null ? null : base;
      const unknown = { ...rest, base: known, head: { ...head!, estimate: { ...head!.estimate, memory: null } } };
      const findings = judge(policyWith(), [...others, unknown], aContext());
      expect(verdictOf(findings, [], waitingFor(slots))).not.toBe('pass');
    }),
  );
});

test('the verdict of a plan with every scale validated is never worse than that of one with none', () => {
  const validated = ['Tiny', 'Small', 'Medium', 'Large'];
  fc.assert(
    fc.property(pair, (one) => {
      const rank = (plan: ReturnType<typeof aPlan>) =>
        ['pass', 'waiting', 'fail'].indexOf(
          verdictOf(judge(policyWith(), [one], aContext({ plan })), [], waitingFor(slots)),
        );
      expect(rank(aPlan({ validated }))).toBeLessThanOrEqual(rank(aPlan()));
    }),
  );
});
