import { expect, test } from 'vitest';
import { aContext, aPair } from '../../../../../test/support/a-run.ts';
import { startOf } from '../../../problem.ts';
import { planChange } from './plan-change.ts';

test('a pull request that leaves plan and policy alone is fine', () => {
  expect(planChange.checkPullRequest([aPair()], {}, aContext())).toEqual([]);
});

test('each changed plan or policy asks for approval, even with no config beside it', () => {
  const changedGuards = [startOf('docs/plan.md'), startOf('.github/scalegate.yml')];
  const complaints = planChange.checkPullRequest([], {}, aContext({ changedGuards }));
  expect(complaints.map(({ place }) => place)).toEqual(changedGuards);
  expect(complaints[0]!.message).toBe('The pull request changes docs/plan.md, which decides what later ones may do.');
});
