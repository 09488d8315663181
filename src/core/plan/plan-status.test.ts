import { expect, test } from 'vitest';
import { planOf } from '../../../test/support/a-markdown-plan.ts';
import { planStatus } from './plan-status.ts';

const plan = planOf(`| Scale | Params | GPU-hours | Cost |
|-|-|-|-|
| S | 100M | 10 | $20 |
| M | 1B | 100 | $200 |
| L | 3B | 900 | $1,800 |
| **Total** | | 1,010 | $2,020 |

| Scale | Run | Date | Measured GPU hours | Predicted GPU hours |
|-|-|-|-|-|
| S | https://x.test/1 | 2026-10-03 | 8 | 10 |
| M | https://x.test/2 | 2026-10-09 | 130 | 100 |
`);

test('rows are planned, validated or exceeded, with how far off they were', () => {
  expect(planStatus(plan).rows).toEqual([
    {
      name: 'S',
      state: 'validated',
      detail: '2026-10-03; GPU-hours 8, 20% under the plan, 20% under the estimate',
    },
    {
      name: 'M',
      state: 'exceeded',
      detail: '2026-10-09; GPU-hours 130, 30% over the plan, 30% over the estimate',
    },
    { name: 'L', state: 'planned', detail: null },
  ]);
});

test('the smallest scale without a finished run is next, and what was measured is spent', () => {
  const { next, left } = planStatus(plan);
  expect(next).toBe('L');
  expect(left).toEqual(['872 GPU-h of 1,010 GPU-h are left', '$1,744 of $2,020 are left']);
});

test('a plan without evidence or total has all before it', () => {
  const { rows, next, left } = planStatus(planOf('| Stage | GPU-h |\n|-|-|\n| SFT | 4 |'));
  expect([rows, next, left]).toEqual([[{ name: 'SFT', state: 'planned', detail: null }], null, []]);
});
