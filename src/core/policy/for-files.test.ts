import { describe, expect, test } from 'vitest';
import { aContext, aPair, type EstimatedRunParts } from '../../../test/support/a-run.ts';
import { aSlot } from '../../../test/support/an-approval.ts';
import { requirementsFor, requirementsOf } from './approvals/requirement.ts';
import { factsFor, policiesFor, settingOf } from './for-files.ts';
import { judge } from './judge.ts';
import { readPolicy } from './read-policy.ts';
import type { RunPair } from './rule.ts';
import { budget } from './rules/budget/budget.ts';
import { scaleJump } from './rules/scale-jump/scale-jump.ts';

function read(text: string) {
  const { policy, problems } = readPolicy({ path: 'p.yml', text: `scalegate_policy: 1\n${text}` });
  expect(problems).toEqual([]);
  return policy;
}

const twoTeams = read(`
approvers: { users: [lead] }
rules:
  plan-deviation: off
  budget: { level: approval, max_cost_usd: 100 }
assumptions:
  - files: ['**']
    hardware: { gpu: A100-80GB, count: 8 }
policies:
  - files: ['vision/**']
    assumptions: { hardware: { gpu: H200 } }
    rules: { budget: { max_cost_usd: 5000 } }
    approvers: { users: [vera] }
  - files: ['vision/sandbox/**', 'speech/**']
    rules: { budget: notice }
`);

function budgetFor(path: string) {
  const { level, options } = settingOf(twoTeams, budget, policiesFor(twoTeams, path));
  return { level, ...options };
}

test('of rules the last policy that sets a level or an option has its say, and what none sets is as it is for all', () => {
  expect(budgetFor('other/run.yaml')).toEqual({ level: 'approval', max_cost_usd: 100 });
  expect(budgetFor('vision/run.yaml')).toEqual({ level: 'approval', max_cost_usd: 5000 });
  expect(budgetFor('vision/sandbox/run.yaml')).toEqual({ level: 'notice', max_cost_usd: 5000 });
  expect(budgetFor('speech/run.yaml')).toEqual({ level: 'notice', max_cost_usd: 100 });
});

test("a rule's own defaults never replace what the policy sets for all", () => {
  const policy = read(`
rules: { scale-jump: { growth_factor: 3 } }
policies: [{ files: ['a/**'], rules: { scale-jump: { level: warning } } }]`);
  const setting = settingOf(policy, scaleJump, policiesFor(policy, 'a/run.yaml'));
  expect(setting).toMatchObject({ level: 'warning', options: { growth_factor: 3 } });
});

test('facts of assumptions and of policies are one list, the last that states a fact wins', () => {
  const facts = (path: string) =>
    Object.values(factsFor(twoTeams, path)).map(({ value, place }) => `${JSON.stringify(value)} ${place?.line ?? ''}`);
  expect(facts('other/run.yaml')).toEqual(['"A100-80GB" 9', '8 9']);
  expect(facts('vision/run.yaml')).toEqual(['"H200" 12', '8 9']);
});

function findings(pairs: readonly RunPair[], policy = twoTeams) {
  return judge(policy, pairs, aContext());
}

function newRun(path: string, head: EstimatedRunParts = { costUsd: 1000 }): RunPair {
  return aPair({ path, base: null, head });
}

test('each config is judged by the policy for its file', () => {
  const pairs = ['vision/a.yaml', 'vision/sandbox/a.yaml', 'other/a.yaml'].map((path) => newRun(path));
  const said = findings(pairs).filter(({ rule }) => rule === 'budget');
  expect(said.map(({ level, path }) => `${level} ${path ?? ''}`)).toEqual(['approval other/a.yaml']);
});

describe('who has to approve', () => {
  const policy = read(`
approvers: { users: [lead] }
rules: { plan-deviation: off, budget: { level: approval, max_cost_usd: 100 } }
policies:
  - files: ['vision/**']
    approvers: { users: [vera] }
  - files: ['vision/**', 'speech/**']
    rules: { pull-request-budget: { max_cost_usd: 1500 } }
`);
  const requirements = (pairs: readonly RunPair[], changedGuards = [] as readonly string[]) => {
    const context = aContext({ changedGuards: changedGuards.map((path) => ({ path, line: 1, column: 1 })) });
    return requirementsOf(policy, judge(policy, pairs, context), pairs, null);
  };
  const names = (some: ReturnType<typeof requirements>) =>
    some.map(({ slots, paths }) => `${slots.flatMap(({ users }) => users).join()}: ${paths.join(' ')}`);

  test('what waits for a config waits for the approvers of its file', () => {
    expect(names(requirements([newRun('vision/a.yaml')]))).toEqual(['vera: vision/a.yaml']);
    expect(names(requirements([newRun('nlp/a.yaml'), newRun('vision/a.yaml')]))).toEqual([
      'lead: nlp/a.yaml',
      'vera: vision/a.yaml',
    ]);
  });

  test('a config that is moved needs those of both places', () => {
    const moved = { ...newRun('vision/a.yaml'), previousPath: 'nlp/a.yaml' };
    expect(names(requirements([moved]))).toEqual(['vera: vision/a.yaml', 'lead: vision/a.yaml']);
    const fromVision = { ...newRun('nlp/a.yaml'), previousPath: 'vision/a.yaml' };
    expect(names(requirementsFor(requirements([fromVision]), 'nlp/a.yaml'))).toEqual([
      'lead: nlp/a.yaml',
      'vera: nlp/a.yaml',
    ]);
  });

  test('a changed policy and a budget for files without approvers are for those of the repository', () => {
    expect(names(requirements([], ['p.yml']))).toEqual(['lead: p.yml']);
    const two = [newRun('vision/a.yaml'), newRun('vision/b.yaml')];
    expect(names(requirements(two))).toEqual(['lead: p.yml:8', 'vera: vision/a.yaml vision/b.yaml']);
  });

  test('code owners are those of what waits for that requirement', () => {
    const owned = read(`
rules: { plan-deviation: off, budget: { level: approval, max_cost_usd: 100 } }
policies: [{ files: ['vision/**'], approvers: { codeowners: true } }]`);
    const pairs = [newRun('nlp/a.yaml'), newRun('vision/a.yaml')];
    const [rest, vision] = requirementsOf(owned, findings(pairs, owned), pairs, '* @ann\nvision/ @vera\n');
    expect(rest).toMatchObject({ slots: [aSlot({ roles: ['admin', 'maintain'] })], files: null, owners: null });
    expect(vision).toMatchObject({ files: ['vision/**'], owners: [{ paths: ['vision/a.yaml'], users: ['vera'] }] });
  });
});
