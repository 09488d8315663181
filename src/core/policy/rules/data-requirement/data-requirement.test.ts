import { expect, test } from 'vitest';
import { aContext, aPair, aPlan, complaining, type EstimatedRunParts } from '../../../../../test/support/a-run.ts';
import { dataRequirement } from './data-requirement.ts';

const checked = complaining(dataRequirement);

function check(head: EstimatedRunParts, plan = aPlan()) {
  return checked.checkPair(aPair({ head }), {}, aContext({ plan })).map(({ message }) => message);
}

const large = { parameters: 1e9 };

test.each([
  { head: { ...large, data: { hours: 5000 } }, what: 'enough hours' },
  { head: { ...large, data: { hours: 2500, augmentation: true } }, what: 'half the hours, augmented' },
  { head: { parameters: 100e6, data: { hours: null } }, what: 'a scale that needs none' },
  { head: { parameters: 9e9, data: { hours: null } }, what: 'a run beyond the plan' },
])('$what is enough', ({ head }) => {
  expect(check(head)).toEqual([]);
});

test.each([
  { data: { hours: 4999 }, says: 'Large needs 5,000 hours of data (docs/plan.md says ~5000), and the run has 4,999.' },
  {
    data: { hours: null },
    says: 'Large needs 5,000 hours of data (docs/plan.md says ~5000), and the run states none.',
  },
  {
    data: { hours: 2000, augmentation: true },
    says: 'Large needs 2,500 hours of data with augmentation (docs/plan.md says ~5000), and the run has 2,000.',
  },
])('$data is not enough for Large', ({ data, says }) => {
  expect(check({ ...large, data })).toEqual([says]);
});

test("augmentation is worth the plan's factor", () => {
  const augmentationFactor = { value: 4, text: '4x', place: { path: 'docs/plan.md', line: 50, column: 1 } };
  const plan = aPlan({ recommendations: { ...aPlan().recommendations, augmentationFactor } });
  expect(check({ ...large, data: { hours: 1250, augmentation: true } }, plan)).toEqual([]);
});
