import { expect, test } from 'vitest';
import { aContext, aPair, aPlan } from '../../../../../test/support/a-run.ts';
import { scaleJump } from './scale-jump.ts';

function check(
  base: number | null | 'new',
  head: number | null,
  options: object = {},
  plan: ReturnType<typeof aPlan> | null = aPlan(),
) {
  const pair = aPair({
    base: base === 'new' ? null : { parameters: base, plan },
    head: { parameters: head, plan, unknown: [{ field: 'parameters', reason: 'no model is named' }] },
  });
  return scaleJump.checkPair(pair, options, aContext({ plan })).map(({ message }) => message);
}

test.each([
  { base: 100e6, head: 125e6 },
  { base: 500e6, head: 100e6 },
  { base: 2e9, head: 3.9e9 },
  { base: 'new' as const, head: 12e6 },
])('$base → $head parameters is no jump', ({ base, head }) => {
  expect(check(base, head)).toEqual([]);
});

test.each([
  {
    base: 100e6,
    head: 126e6,
    says: 'The run climbs from 100M parameters (Small) to 126M parameters (Medium), 1.3 times the parameters.',
  },
  {
    base: 1e9,
    head: 3e9,
    says: 'The run climbs from 1.0B parameters (Large) to 3.0B parameters (beyond Large), 3 times the parameters.',
  },
  {
    base: 60e6,
    head: 120e6,
    says: 'The run grows from 60M parameters (Small) to 120M parameters (Small), 2 times the parameters.',
  },
  {
    base: 2e9,
    head: 4e9,
    says: 'The run grows from 2.0B parameters (beyond Large) to 4.0B parameters (beyond Large), 2 times the parameters.',
  },
  {
    base: 'new' as const,
    head: 1e9,
    says: 'A new run of 1.0B parameters (Large) starts above the smallest scale of the plan.',
  },
  { base: null, head: 1e9, says: 'A new run of 1.0B parameters (Large) starts above the smallest scale of the plan.' },
  { base: 1e9, head: null, says: "A jump in scale can't be ruled out: no model is named." },
])('$base → $head parameters is a jump', ({ base, head, says }) => {
  expect(check(base, head)).toEqual([says]);
});

test('without a plan only growth counts', () => {
  expect(check('new', 1e9, {}, null)).toEqual([]);
  expect(check(1e9, 1.9e9, {}, null)).toEqual([]);
  expect(check(1e9, 2e9, {}, null)).toHaveLength(1);
});

test("growth is measured by the policy's factor, else by the plan's", () => {
  const growthFactor = { value: 3, text: 'Triple', place: { path: 'docs/plan.md', line: 70, column: 1 } };
  const plan = aPlan({ recommendations: { ...aPlan().recommendations, growthFactor } });
  expect(check(40e6, 110e6, {}, plan)).toEqual([]);
  expect(check(40e6, 110e6, { growth_factor: 1.5 }, plan)).toHaveLength(1);
});

test('a deleted config does not jump', () => {
  expect(scaleJump.checkPair(aPair({ head: null }), {}, aContext())).toEqual([]);
});

test('lands on the dimension that changed', () => {
  const stated = (layers: number) => ({ 'model.hidden_size': [1024, 3], 'model.num_layers': [layers, 4] }) as const;
  const pair = aPair({ base: { stated: stated(12) }, head: { stated: stated(48), parameters: 1e9 } });
  expect(scaleJump.checkPair(pair, {}, aContext())[0]!.place.line).toBe(4);
});
