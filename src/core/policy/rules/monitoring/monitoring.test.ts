import { describe, expect, test } from 'vitest';
import { aContext, aPair, aPlan, complaining, type EstimatedRunParts } from '../../../../../test/support/a-run.ts';
import { monitoring } from './monitoring.ts';

const checked = complaining(monitoring);

function check(log: readonly string[] | null, options: object = {}, plan: ReturnType<typeof aPlan> | null = aPlan()) {
  return checked
    .checkPair(aPair({ head: { training: { log } } }), options, aContext({ plan }))
    .map(({ message }) => message);
}

test.each([{ log: ['loss', 'grad_norm', 'memory'] }, { log: ['train/loss', 'Gradient-Norm', 'gpu_memory_gib', 'lr'] }])(
  '$log is enough',
  ({ log }) => {
    expect(check(log)).toEqual([]);
  },
);

test.each([
  { log: ['loss'], says: 'The run does not log grad_norm, memory.' },
  { log: [], says: 'The run does not log loss, grad_norm, memory.' },
  { log: null, says: 'The config does not say what is logged; loss, grad_norm, memory should be.' },
])('$log is not', ({ log, says }) => {
  expect(check(log)).toEqual([says]);
});

test("what must be logged is the policy's list, else the plan's", () => {
  const plan = aPlan({ recommendations: { ...aPlan().recommendations, monitor: ['throughput'] } });
  expect(check(['loss'], {}, plan)).toEqual(['The run does not log throughput.']);
  expect(check(['loss'], { required: ['loss'] }, plan)).toEqual([]);
  expect(check(null, { required: [] }, plan)).toEqual([]);
});

test('holds without a plan', () => {
  expect(check([], {}, null)).toHaveLength(1);
});

describe('a framework that', () => {
  const pairOf = (head: EstimatedRunParts, base: EstimatedRunParts | null = null) => {
    const dialect = 'axolotl';
    const pair = aPair({ base, head });
    const of = (side: typeof pair.head) => side && { ...side, run: { ...side.run, dialect } };
    return { ...pair, base: of(pair.base), head: of(pair.head) };
  };
  const stated = { 'training.log': [['loss'], 4] } as const;

  test('has no key for it is let be', () => {
    expect(checked.checkPair(pairOf({ training: { log: null } }), {}, aContext())).toEqual([]);
    expect(checked.checkPair(pairOf({ training: { log: ['loss'] } }), {}, aContext())).toEqual([]);
  });

  test('states it is held to it, and so is one that stated it before', () => {
    const losing = pairOf({ training: { log: ['loss'] }, stated });
    expect(checked.checkPair(losing, {}, aContext())).toHaveLength(1);
    expect(checked.checkPair(pairOf({ training: { log: null } }, { stated }), {}, aContext())).toHaveLength(1);
  });
});

test('is asked for by a plan that recommends it, or by the policy', () => {
  const recommends = aPlan({ recommendations: { ...aPlan().recommendations, monitor: ['loss'] } });
  expect(monitoring.isAskedFor?.(recommends)).toBe(true);
  expect(monitoring.isAskedFor?.(aPlan())).toBe(false);
  expect(monitoring.isAskedFor?.(null)).toBe(false);
});
