import { expect, test } from 'vitest';
import { aContext, aPair, aPlan } from '../../../../../test/support/a-run.ts';
import { beyondPlan } from './beyond-plan.ts';

function check(base: number | null, head: number | null) {
  return beyondPlan.checkPair(aPair({ base: { parameters: base }, head: { parameters: head } }), {}, aContext());
}

test.each([{ head: 1e9 }, { head: 1.25e9 }])('$head parameters are within a plan that ends at 1B', ({ head }) => {
  expect(check(1e9, head)).toEqual([]);
});

test('a larger run asks for approval', () => {
  const [complaint] = check(1e9, 3e9);
  expect(complaint!.message).toBe('The run has 3.0B parameters; docs/plan.md ends at Large with 1000M.');
  expect(complaint!.level).toBeUndefined();
});

test.each([
  { base: 3e9, head: 3e9, level: 'warning' },
  { base: 3e9, head: 2e9, level: 'warning' },
  { base: 3e9, head: 3.1e9, level: undefined },
  { base: null, head: 3e9, level: undefined },
])('from $base to $head parameters beyond the plan: $level', ({ base, head, level }) => {
  expect(check(base, head)[0]!.level).toBe(level);
});

test('a run of unknown size fails closed', () => {
  expect(check(1e9, null)).toHaveLength(1);
});

test.each([{ plan: null }, { plan: aPlan({ scales: [] }) }])('says nothing without scales', ({ plan }) => {
  expect(beyondPlan.checkPair(aPair({ head: { parameters: 9e9 } }), {}, aContext({ plan }))).toEqual([]);
});
