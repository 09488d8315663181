import { expect, test } from 'vitest';
import { aContext, aPair, aPlan, complaining } from '../../../../../test/support/a-run.ts';
import { beyondPlan } from './beyond-plan.ts';

const checked = complaining(beyondPlan);

function check(base: number | null, head: number | null) {
  return checked.checkPair(aPair({ base: { parameters: base }, head: { parameters: head } }), {}, aContext());
}

test.each([{ head: 1e9 }, { head: 1.25e9 }])('$head parameters are within a plan that ends at 1B', ({ head }) => {
  expect(check(1e9, head)).toEqual([]);
});

test('a larger run asks for approval', () => {
  const [complaint] = check(1e9, 3e9);
  expect(complaint!.message).toBe('The run has 3.0B parameters; docs/plan.md ends at Large with 1000M.');
  expect(complaint!.level).toBeUndefined();
});

test('the larger, the worse', () => {
  expect(check(3e9, 3.1e9)[0]!.badness).toBeGreaterThan(check(3e9, 3e9)[0]!.badness!);
});

test('a run of unknown size can be told nothing of', () => {
  expect(beyondPlan.checkPair(aPair({ head: { parameters: null } }), {}, aContext())).toEqual([
    { unknown: 'parameters' },
  ]);
});

test.each([{ plan: null }, { plan: aPlan({ scales: [] }) }])('says nothing without scales', ({ plan }) => {
  expect(checked.checkPair(aPair({ head: { parameters: 9e9 } }), {}, aContext({ plan }))).toEqual([]);
});
