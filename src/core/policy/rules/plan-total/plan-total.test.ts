import { expect, test } from 'vitest';
import { planOf } from '../../../../../test/support/a-markdown-plan.ts';
import { aContext, aPair, type EstimatedRunParts } from '../../../../../test/support/a-run.ts';
import { planTotal } from './plan-total.ts';

const rows = `| Scale | Params | GPU-hours | Cost |
|-|-|-|-|
| S | 100M | 10 | $20 |
| M | 1B | 100 | $200 |
| **Total** | | 110 | $220 |
`;
const evidence =
  '\n| Scale | Run | Date | Measured GPU hours |\n|-|-|-|-|\n| S | https://x.test/1 | 2026-10-03 | 30 |\n';

function said(heads: readonly EstimatedRunParts[], text = rows + evidence, base: EstimatedRunParts | null = null) {
  const plan = planOf(text);
  const pairs = heads.map((head, index) => {
    const sideOf = (parts: EstimatedRunParts) => ({ parameters: 1e9, ...parts, plan });
    return aPair({ path: `${index}.yaml`, base: base && sideOf(base), head: sideOf(head) });
  });
  return planTotal.checkPullRequest(pairs, {}, aContext({ plan }));
}

test('a run within what finished runs leave passes', () => {
  expect(said([{ gpuHours: 80, costUsd: 160 }])).toEqual([]);
});

test('what is over it is said for each figure, and bound to what the runs take', () => {
  expect(said([{ gpuHours: 81, costUsd: 160 }])[0]!.message).toBe(
    "The pull request's run takes 81 GPU-h, and 80 GPU-h of the plan's total are left.",
  );
  expect(
    said([
      { gpuHours: 50, costUsd: 100 },
      { gpuHours: 60, costUsd: 120 },
    ]),
  ).toMatchObject([
    {
      message: "The pull request's 2 runs take $220 and 110 GPU-h, and $160 and 80 GPU-h of the plan's total are left.",
      action: 'Ask an approver to approve what is beyond the total, or have it raised in plan.md line 5 first.',
      place: { line: 5 },
      together: { costUsd: 220, gpuHours: 110 },
    },
  ]);
});

test('a total that is overdrawn leaves nothing', () => {
  const spent = evidence.replace('| 30 |', '| 500 |');
  expect(said([{ gpuHours: 1, costUsd: 1 }], rows + spent)[0]!.message).toContain('$0.00 and 0 GPU-h of the plan');
});

test('without a total or a finished run there is nothing to hold it against', () => {
  const large = { gpuHours: 500, costUsd: 1000 };
  expect(said([large], rows)).toEqual([]);
  expect(said([large], rows.replace(/\| \*\*Total.*\n/, '') + evidence)).toEqual([]);
});

test('what stays as it was, and what the plan has no row for, is not counted', () => {
  const large = { gpuHours: 500, costUsd: 1000 };
  expect(said([large], undefined, large)).toEqual([]);
  expect(said([{ ...large, parameters: 9e9 }])).toEqual([]);
});

test('a total in another currency caps no dollars', () => {
  const euros = (rows + evidence).replaceAll('$', '€');
  expect(said([{ gpuHours: 10, costUsd: 100_000 }], euros)).toEqual([]);
});

test('a figure that the total caps and nobody knows is a gap', () => {
  const gapsIn = (text: string) => {
    const plan = planOf(text);
    const pair = aPair({ base: null, head: { parameters: 1e9, costUsd: null, gpuHours: null, plan } });
    return planTotal.checkPair(pair, {}, aContext({ plan }));
  };
  expect(gapsIn(rows + evidence)).toEqual([{ unknown: 'costUsd' }, { unknown: 'gpuHours' }]);
  expect(gapsIn(rows)).toEqual([]);
});
