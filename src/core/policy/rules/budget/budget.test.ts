import { expect, test } from 'vitest';
import { aContext, aPair, complaining, type EstimatedRunParts } from '../../../../../test/support/a-run.ts';
import { budget } from './budget.ts';

const checked = complaining(budget);

function check(head: EstimatedRunParts, options: object, base: EstimatedRunParts | null = null) {
  return checked.checkPair(aPair({ base, head }), options, aContext());
}

test('there is no cap until the policy sets one', () => {
  expect(check({ costUsd: 1e9, gpuHours: null }, {})).toEqual([]);
});

test.each([
  { head: { costUsd: 1000 }, options: { max_cost_usd: 1000 }, count: 0 },
  { head: { costUsd: 1001 }, options: { max_cost_usd: 1000 }, count: 1 },
  { head: { gpuHours: 51 }, options: { max_gpu_hours: 50 }, count: 1 },
  { head: { gpuHours: 51, costUsd: 1001 }, options: { max_gpu_hours: 50, max_cost_usd: 1000 }, count: 2 },
])('$head under $options gives $count errors', ({ head, options, count }) => {
  const complaints = check(head, options);
  expect(complaints).toHaveLength(count);
  expect(complaints.every(({ level }) => level === undefined)).toBe(true);
});

test('the message names both figures', () => {
  expect(check({ costUsd: 30_000 }, { max_cost_usd: 10_000 })[0]!.message).toBe(
    "The run's cost of $30,000 is over the policy's cap of $10,000.",
  );
});

test('a figure that is capped has to be known', () => {
  const unknown = aPair({ head: { costUsd: null, gpuHours: null } });
  const options = { max_cost_usd: 1000, max_gpu_hours: 50 };
  expect(budget.checkPair(unknown, options, aContext())).toEqual([{ unknown: 'costUsd' }, { unknown: 'gpuHours' }]);
  expect(budget.checkPair(unknown, { max_gpu_hours: 50 }, aContext())).toEqual([{ unknown: 'gpuHours' }]);
});
