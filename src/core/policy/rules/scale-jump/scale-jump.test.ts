import { describe, expect, test } from 'vitest';
import { aContext, aPair, aPlan, complaining, type EstimatedRunParts } from '../../../../../test/support/a-run.ts';
import { scaleJump } from './scale-jump.ts';

const checked = complaining(scaleJump);

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
  return checked.checkPair(pair, options, aContext({ plan })).map(({ message }) => message);
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
    says: 'The run climbs from Small to Medium: parameters 100M to 126M (×1.3).',
  },
  {
    base: 1e9,
    head: 3e9,
    says: 'The run climbs from Large to beyond Large: parameters 1.0B to 3.0B (×3).',
  },
  {
    base: 60e6,
    head: 120e6,
    says: 'The run grows: parameters 60M to 120M (×2).',
  },
  {
    base: 2e9,
    head: 4e9,
    says: 'The run grows: parameters 2.0B to 4.0B (×2).',
  },
  {
    base: 'new' as const,
    head: 1e9,
    says: 'A new run of 1.0B parameters (Large) starts above the smallest scale of the plan.',
  },
  { base: null, head: 1e9, says: 'A new run of 1.0B parameters (Large) starts above the smallest scale of the plan.' },
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
  expect(checked.checkPair(aPair({ head: null }), {}, aContext())).toEqual([]);
});

test('lands on the dimension that changed', () => {
  const stated = (layers: number) => ({ 'model.hidden_size': [1024, 3], 'model.num_layers': [layers, 4] }) as const;
  const pair = aPair({ base: { stated: stated(12) }, head: { stated: stated(48), parameters: 1e9 } });
  expect(checked.checkPair(pair, {}, aContext())[0]!.place.line).toBe(4);
});

describe('growth is growth in whatever a run costs:', () => {
  function grown(base: EstimatedRunParts | null, head: EstimatedRunParts, options: object = {}) {
    return checked.checkPair(aPair({ base, head }), options, aContext()).map(({ message }) => message);
  }

  test.each([
    { head: { costUsd: 1000 }, says: 'The run grows: cost $500 to $1,000 (×2).' },
    { head: { gpuHours: 250 }, says: 'The run grows: GPU-hours 100 to 250 (×2.5).' },
    { head: { training: { tokens: 40e9 } }, says: 'The run grows: tokens 2.0B to 40B (×20).' },
    { head: { gpus: 128 }, says: 'The run grows: GPUs 64 to 128 (×2).' },
    {
      head: { training: { tokens: 4e9 }, gpuHours: 200, costUsd: 1000 },
      says: 'The run grows: tokens 2.0B to 4.0B (×2), GPU-hours 100 to 200 (×2), cost $500 to $1,000 (×2).',
    },
  ])('$head', ({ head, says }) => {
    expect(grown({}, head)).toEqual([says]);
  });

  test.each([
    { head: { costUsd: 999, gpuHours: 199, training: { tokens: 3.9e9 }, gpus: 127 }, what: 'less than twice' },
    { head: { costUsd: 100, gpuHours: 20 }, what: 'shrinking' },
  ])('$what is none', ({ head }) => {
    expect(grown({}, head)).toEqual([]);
  });

  test('a small run may grow', () => {
    const small = { gpuHours: 1, costUsd: 5 };
    const grows = { gpuHours: 9, costUsd: 45, gpus: 640, training: { tokens: 20e9 } };
    expect(grown(small, grows)).toEqual([]);
    expect(grown(small, grows, { min_gpu_hours: 0 })).toHaveLength(1);
    expect(grown(small, { ...grows, gpuHours: 1 }, { min_cost_usd: 10 })).toEqual([
      'The run grows: cost $5.00 to $45.00 (×9).',
    ]);
  });

  test('each figure has a factor of its own', () => {
    const head = { costUsd: 1000, gpuHours: 200 };
    expect(grown({}, head, { cost_factor: 3 })).toEqual(['The run grows: GPU-hours 100 to 200 (×2).']);
    expect(grown({}, head, { growth_factor: 3 })).toEqual([]);
  });

  test('where tokens are unknown their factors tell how much they grow', () => {
    const open = { training: { tokens: null, sequenceLength: 2048 }, gpuHours: null, costUsd: null };
    const steps = (count: number) => ({ ...open, stated: { 'training.steps': [count, 3] } as const });
    const epochs = (count: number) => ({ ...open, stated: { 'training.epochs': [count, 3] } as const });
    const longer = { ...steps(1000), training: { tokens: null, sequenceLength: 8192 } };
    expect(grown(steps(1000), steps(100_000))).toEqual(['The run grows: tokens ×100.']);
    expect(grown(steps(1000), longer)).toEqual(['The run grows: tokens ×4.']);
    expect(grown(epochs(5), epochs(160))).toEqual(['The run grows: tokens ×32.']);
    expect(grown(steps(1000), epochs(160))).toEqual([]);
  });

  test('a new run without a row of the plan waits above a line', () => {
    const unplanned = { plan: null, parameters: 1e9 };
    const check = (costUsd: number, options = {}) =>
      checked.checkPair(aPair({ base: null, head: { ...unplanned, costUsd } }), options, aContext({ plan: null }));
    expect(check(10_000)).toEqual([]);
    expect(check(12_000)[0]!.message).toBe('A new run costs $12,000; above $10,000 it needs an approver.');
    expect(check(12_000, { new_run_cost_usd: 20_000 })).toEqual([]);
  });

  test('of a model that becomes unknown the rest is judged', () => {
    const pair = aPair({ base: {}, head: { parameters: null, gpuHours: null, costUsd: null, gpus: 512 } });
    expect(scaleJump.checkPair(pair, {}, aContext())).toMatchObject([
      { unknown: 'parameters' },
      { message: 'The run grows: GPUs 64 to 512 (×8).' },
    ]);
  });
});
