import { expect, test } from 'vitest';
import { aDescribedRun } from '../../../../test/support/a-described-run.ts';
import { costPart, gpuPrice } from './cost.ts';

const plan = { usdPerGpuHour: 10, source: 'plan row XL' };
const book = { usdPerGpuHour: 4, source: 'book' };
const list = { usdPerGpuHour: 3, source: 'list' };

test("the policy's price for the run wins over its book, the book over the plan's, the plan's over the list's", () => {
  const place = { path: '.github/scalegate.yml', line: 7, column: 3 };
  const facts = { 'hardware.usd_per_gpu_hour': { value: 2, authority: 'policy', place } } as const;
  expect(gpuPrice(aDescribedRun({ usdPerGpuHour: 2, facts }), { book, plan, list })).toEqual({
    usdPerGpuHour: 2,
    source: 'policy, .github/scalegate.yml:7:3',
  });
  expect(gpuPrice(aDescribedRun(), { book, plan, list })).toBe(book);
  const ofPlan = { 'hardware.usd_per_gpu_hour': { value: 2, authority: 'plan', place } } as const;
  expect(gpuPrice(aDescribedRun({ usdPerGpuHour: 2, facts: ofPlan }), { book, plan, list })).toBe(book);
  expect(gpuPrice(aDescribedRun({ usdPerGpuHour: 2, facts: ofPlan }), { plan, list })?.usdPerGpuHour).toBe(2);
  expect(gpuPrice(aDescribedRun(), { plan, list })).toBe(plan);
  expect(gpuPrice(aDescribedRun(), { plan: null, list })).toBe(list);
  expect(gpuPrice(aDescribedRun(), { plan: null, list: null })).toBeNull();
});

test('a price of zero is a price', () => {
  expect(gpuPrice(aDescribedRun({ usdPerGpuHour: 0 }), { plan, list })?.usdPerGpuHour).toBe(0);
  expect(costPart(100, { usdPerGpuHour: 0, source: 'policy' }).value?.usd).toBe(0);
});

test('GPU-hours times the price', () => {
  expect(costPart(3000, plan).value).toEqual({ usd: 30_000, usdPerGpuHour: 10, priceSource: 'plan row XL' });
});

test('a list price is an assumption with its caveat, a price of policy or plan is none', () => {
  const caveat = "a list price, nobody's own";
  expect(costPart(10, { ...list, caveat }).assumptions).toEqual([
    { field: 'cost.usd_per_gpu_hour', value: '$3.00', reason: `list; ${caveat}` },
  ]);
  expect(costPart(10, plan).assumptions).toEqual([]);
});
