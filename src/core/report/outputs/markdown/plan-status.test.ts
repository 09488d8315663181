import { expect, test } from 'vitest';
import { planOf } from '../../../../../test/support/a-markdown-plan.ts';
import { aPair } from '../../../../../test/support/a-pair.ts';
import { anEvaluation } from '../../../../../test/support/an-evaluation.ts';
import { medium } from '../../../../../test/support/an-estimated-run.ts';
import type { Plan } from '../../../plan/plan.ts';
import { foldedPlanStatus } from './plan-status.ts';

const rows =
  '| Scale | Params | GPU-hours |\n|-|-|-|\n| S | 100M | 10 |\n| <b>M</b> @you | 500M | 100 |\n| L | 3B | 900 |\n';
const evidence = '\n| Scale | Run | Date |\n|-|-|-|\n| S | https://x.test/1 | 2026-10-03 |\n';

/** The fold of a pull request with one run, which belongs to the plan's row of this name. */
function foldOf(plan: Plan, name: string | null): string {
  const pair = aPair('configs/medium.yaml', medium, medium);
  const row = [...plan.scales, ...plan.stages].find((one) => one.name === name);
  const match = row === undefined ? null : ({ kind: 'row', row, reason: 'by its name' } as const);
  const head = pair.head && { ...pair.head, row: match };
  return foldedPlanStatus(anEvaluation({ plan, pairs: [{ ...pair, head }] }));
}

test('rows with a finished run, the one of the run and the next are shown', () => {
  const plan = planOf(rows + evidence);
  const fold = foldOf(plan, 'L');
  expect(fold).toContain('<summary>The plan: 1 of 3 rows have a finished run, <code>');
  expect(fold).toContain('| S | validated | 2026-10-03 |');
  expect(fold).toContain('| **L** | planned |  |');
  expect(fold.replace('<code>M @you</code>', '')).not.toContain('@you');
  expect(fold).not.toContain('<b>');
});

test('a plan of which nothing is done and that has no total says nothing, and so does a run without a row', () => {
  expect(foldOf(planOf(rows), 'L')).toBe('');
  expect(foldOf(planOf(rows + evidence), null)).toBe('');
});
