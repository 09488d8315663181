import { expect, test } from 'vitest';
import { aContext, aPair, aPlan, complaining } from '../../../../../test/support/a-run.ts';
import { checkpointInterval } from './checkpoint-interval.ts';

const checked = complaining(checkpointInterval);

function check(checkpointShare: number | null, options: object = {}, plan: ReturnType<typeof aPlan> | null = aPlan()) {
  return checked
    .checkPair(aPair({ head: { training: { checkpointShare } } }), options, aContext({ plan }))
    .map(({ message }) => message);
}

test.each([0.01, 0.1, 0.1 + Number.EPSILON])('a checkpoint every %d of the training is often enough', (share) => {
  expect(check(share)).toEqual([]);
});

test.each([
  { share: 0.25, says: '25% of the training lies between two checkpoints; at most 10% should.' },
  { share: null, says: "How much of the training lies between two checkpoints can't be told; at most 10% should." },
])('a share of $share is a complaint', ({ share, says }) => {
  expect(check(share)).toEqual([says]);
});

test("the share is the policy's, else the plan's", () => {
  const checkpointShare = { value: 0.3, text: '30%', place: { path: 'docs/plan.md', line: 72, column: 1 } };
  const plan = aPlan({ recommendations: { ...aPlan().recommendations, checkpointShare } });
  expect(check(0.25, {}, plan)).toEqual([]);
  expect(check(0.25, { max_share: 0.2 }, plan)).toHaveLength(1);
});

test('holds without a plan', () => {
  expect(check(0.5, {}, null)).toHaveLength(1);
});

test('lands on the line that says how often', () => {
  const stated = { 'training.tokens': [1e9, 5], 'training.checkpoint_every': ['50%', 9] } as const;
  const pair = aPair({ base: null, head: { training: { checkpointShare: 0.5 }, stated } });
  expect(checked.checkPair(pair, {}, aContext())[0]!.place.line).toBe(9);
});

test('a framework that does not say it is let be, unless it said it before', () => {
  const of = (share: number | null) => {
    const { head, ...pair } = aPair({ head: { training: { checkpointShare: share } } });
    return { ...pair, head: head && { ...head, run: { ...head.run, dialect: 'megatron-lm' } } };
  };
  const unsaid = of(null);
  expect(checked.checkPair({ ...unsaid, base: null }, {}, aContext())).toEqual([]);
  expect(checked.checkPair({ ...unsaid, base: of(0.1).head }, {}, aContext())).toHaveLength(1);
});
