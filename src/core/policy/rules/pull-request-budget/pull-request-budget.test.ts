import { expect, test } from 'vitest';
import { aContext, aPair, type EstimatedRunParts } from '../../../../../test/support/a-run.ts';
import { approvalScope, covers } from '../../approvals/request.ts';
import { judge } from '../../judge.ts';
import { readPolicy } from '../../read-policy.ts';
import type { RunPair } from '../../rule.ts';
import { pullRequestBudget } from './pull-request-budget.ts';

function run(path: string, head: EstimatedRunParts | null, base: EstimatedRunParts | null = null): RunPair {
  return aPair({ path, base, head });
}

function said(pairs: readonly RunPair[], options: object) {
  return pullRequestBudget.checkPullRequest(pairs, options, aContext()).map(({ message }) => message);
}

const three = ['a', 'b', 'c'].map((name, index) => run(`${name}.yaml`, { costUsd: 400 + index, gpuHours: 100 }));

test('there is no cap until the policy sets one', () => {
  expect(said(three, {})).toEqual([]);
});

test('runs that are each small enough are too much together', () => {
  expect(said(three, { max_cost_usd: 1000 })).toEqual([
    "The pull request's 3 runs have a total cost of $1,203, over the policy's cap of $1,000. The largest is c.yaml with $402.",
  ]);
  expect(said(three, { max_cost_usd: 1203, max_gpu_hours: 299 })).toHaveLength(1);
  expect(said(three, { max_cost_usd: 1203, max_gpu_hours: 300 })).toEqual([]);
});

test('a policy for files says which files it caps', () => {
  const context = aContext({ files: ['vision/**', 'audio/**'] });
  const [first, second] = pullRequestBudget.checkPullRequest(three, { max_cost_usd: 9, max_gpu_hours: 9 }, context);
  expect(first!.message).toContain('3 runs in vision/** and 1 more have a total cost of $1,203, over');
  expect(second!.cause).not.toBe(first!.cause);
});

test('what stays as it was, shrinks or is deleted is not counted', () => {
  const before = { costUsd: 900, gpuHours: 90 };
  const pairs = [run('same.yaml', before, before), run('less.yaml', { ...before, costUsd: 800 }, before)];
  expect(said([...pairs, run('gone.yaml', null, before), ...three], { max_cost_usd: 1203 })).toEqual([]);
  expect(said([...pairs, run('more.yaml', { ...before, costUsd: 901 }, before)], { max_cost_usd: 900 })).toHaveLength(
    1,
  );
});

test('a cost that is not known is a gap, not nothing', () => {
  const unknown = run('a.yaml', { costUsd: null, gpuHours: null });
  expect(pullRequestBudget.checkPair(unknown, { max_cost_usd: 1, max_gpu_hours: 1 }, aContext())).toEqual([
    { unknown: 'costUsd' },
    { unknown: 'gpuHours' },
  ]);
  expect(pullRequestBudget.checkPair(unknown, {}, aContext())).toEqual([]);
});

const { policy } = readPolicy({
  path: '.github/scalegate.yml',
  text: `
scalegate_policy: 1
rules: { plan-deviation: off, scale-jump: off, pull-request-budget: { max_cost_usd: 1000 } }
policies:
  - files: ['vision/**']
    rules: { pull-request-budget: { max_cost_usd: 5000 } }
`,
});

function waiting(pairs: readonly RunPair[]) {
  const findings = judge(policy, pairs, aContext());
  const own = findings.filter(({ rule }) => rule === pullRequestBudget.name);
  return { scope: approvalScope(own, pairs, ''), lines: own.map(({ place }) => place.line) };
}

test('a policy for files caps its own configs, and lifts no cap of the whole', () => {
  expect(waiting([run('vision/a.yaml', { costUsd: 900 })]).lines).toEqual([]);
  expect(waiting([run('vision/a.yaml', { costUsd: 2000 })]).lines).toEqual([3]);
  expect(waiting([run('vision/a.yaml', { costUsd: 6000 })]).lines).toEqual([3, 5]);
});

test('an approval of a total is good for that total and for less', () => {
  const at = (costUsd: number) => waiting([run('a.yaml', { costUsd }), run('b.yaml', { costUsd })]).scope;
  expect(covers(at(900), at(800))).toBe(true);
  expect(covers(at(900), at(901))).toBe(false);
  const vision = waiting([run('vision/a.yaml', { costUsd: 6000 })]).scope;
  expect(covers(waiting([run('a.yaml', { costUsd: 6000 })]).scope, vision)).toBe(false);
});
