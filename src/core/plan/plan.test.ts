import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { matchScale } from './plan.ts';
import { readPlan } from './read-plan.ts';

const path = 'examples/model-scaling-estimates.md';
const plan = readPlan(path, readFileSync(path, 'utf8')).plan!;

test.each([
  [1, 'Tiny'],
  [12_500_000, 'Tiny'],
  [12_500_001, 'Small'],
  [1_250_000_000, 'Large'],
  [3_750_000_000, 'XL'],
])('a run of %d parameters belongs to %s', (parameters, name) => {
  expect(matchScale(plan, parameters)).toMatchObject({ kind: 'scale', scale: { name } });
});

test('a run above the largest scale and its tolerance is beyond the plan', () => {
  expect(matchScale(plan, 3_750_000_001)).toMatchObject({ kind: 'beyond', largest: { name: 'XL' } });
});
