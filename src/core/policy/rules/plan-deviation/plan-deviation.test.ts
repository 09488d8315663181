import { expect, test } from 'vitest';
import { aContext, aPair, complaining, type EstimatedRunParts } from '../../../../../test/support/a-run.ts';
import { planDeviation } from './plan-deviation.ts';

const checked = complaining(planDeviation);

function check(head: EstimatedRunParts, options: object = {}) {
  return checked.checkPair(aPair({ head }), options, aContext()).map(({ message }) => message);
}

test.each([
  { head: {}, what: 'what the row says' },
  { head: { peakGib: 15, gpuHours: 50, costUsd: 750 }, what: 'half more or half less' },
  { head: { parameters: 9e9, peakGib: 500 }, what: 'a run beyond the plan, which has no row' },
  { head: { parameters: 10e6, peakGib: 500 }, what: 'a figure that the row leaves out' },
  { head: { peakGib: null, gpuHours: null, costUsd: null }, what: 'figures that are not known' },
])('$what is no deviation', ({ head }) => {
  expect(check(head)).toEqual([]);
});

test('every figure that is off is named beside the figure of the plan', () => {
  expect(check({ peakGib: 16, gpuHours: 40, costUsd: 600 })).toEqual([
    "The run is off the plan's Small: memory per GPU 16.0 GiB against ~10737418240 (+60 %); GPU-hours 40 GPU-h against ~100 (-60 %).",
  ]);
});

test('the tolerance is the policy’s', () => {
  expect(check({ peakGib: 12 }, { tolerance: 0.1 })).toHaveLength(1);
  expect(check({ peakGib: 29 }, { tolerance: 2 })).toEqual([]);
});

test('lands on what changed among the fields behind the figure', () => {
  const stated = (tokens: number) => ({ 'model.hidden_size': [512, 3], 'training.tokens': [tokens, 9] }) as const;
  const pair = aPair({ base: { stated: stated(1e9) }, head: { stated: stated(9e9), gpuHours: 900 } });
  expect(checked.checkPair(pair, {}, aContext())[0]!.place.line).toBe(9);
});
