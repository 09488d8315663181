import { expect, test } from 'vitest';
import { aContext, aPair, aPlan } from '../../../../../test/support/a-run.ts';
import { monitoring } from './monitoring.ts';

function check(log: readonly string[] | null, options: object = {}, plan: ReturnType<typeof aPlan> | null = aPlan()) {
  return monitoring
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
