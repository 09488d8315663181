import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readPolicy } from './read-policy.ts';
import { aSlot } from '../../../test/support/an-approval.ts';
import { rules } from './rules/index.ts';

const path = '.github/scalegate.yml';
const read = (text: string) => readPolicy({ path, text });
const defaults = read('scalegate_policy: 1\n').policy;

test('configs may be mapped to rows of the plan', () => {
  const text = 'scalegate_policy: 1\nplan: { path: plan.md, rows: { SFT: ["recipes/sft/**"] } }\n';
  expect(read(text)).toMatchObject({
    policy: { planPaths: ['plan.md'], planRows: [{ row: 'SFT', files: ['recipes/sft/**'] }] },
    problems: [],
  });
});

test('without a policy file the defaults hold', () => {
  const { policy, problems } = readPolicy(null);
  expect(problems).toEqual([]);
  expect(policy).toMatchObject({ path: null, configs: null, ignore: [], planPaths: [], forFiles: [] });
  expect(policy.approvers).toEqual([aSlot({ roles: ['admin', 'maintain'] })]);
  for (const { name, level, levelWithoutPolicy = level } of rules) {
    expect(policy.rules[name]).toEqual({ level: levelWithoutPolicy, options: {}, setAt: null, waiver: null });
  }
});

test('a policy is read in full', () => {
  const { policy, problems } = read(`
scalegate_policy: 1
plan: docs/model-scaling-estimates.md
configs: ["configs/**"]
ignore: ["**/archive/**"]
rules:
  memory-limit: { level: warning, limit_gib: 40 }
  monitoring: off
  plan-deviation: { tolerance: 0.2 }
  scale-jump: false
  budget: error
approvers: { users: [ada], teams: [acme/ml-leads], roles: [admin], count: 2 }
assumptions:
  - files: ["configs/**"]
    hardware: { gpu: A100-80GB, count: 64 }
    training: { tokens: 200B }
`);
  expect(problems).toEqual([]);
  expect(policy).toMatchObject({
    path,
    planPaths: ['docs/model-scaling-estimates.md'],
    configs: ['configs/**'],
    ignore: ['**/archive/**'],
    approvers: [{ name: null, users: ['ada'], teams: ['acme/ml-leads'], roles: ['admin'], count: 2 }],
    rules: {
      'memory-limit': { level: 'warning', options: { limit_gib: 40 } },
      monitoring: { level: 'off', options: {} },
      'plan-deviation': { level: 'approval', options: { tolerance: 0.2 } },
      'scale-jump': { level: 'off', options: {} },
      budget: { level: 'error', options: {} },
      'start-small': { level: 'error', options: {} },
    },
  });
  const [assumption] = policy.forFiles;
  expect(assumption!.files).toEqual(['configs/**']);
  expect(assumption!.facts['training.tokens']).toEqual({
    value: 200e9,
    authority: 'policy',
    place: { path, line: 16, column: 17 },
  });
});

test('who names approvers names them all', () => {
  const rolesOf = (approvers: string) =>
    read(`{ scalegate_policy: 1, approvers: { ${approvers} } }`).policy.approvers.flatMap(({ roles }) => roles);
  expect(rolesOf('users: [ada]')).toEqual([]);
  expect(rolesOf('codeowners: true')).toEqual([]);
  expect(rolesOf('count: 2')).toEqual(['admin', 'maintain']);
});

test('slots have names, and people of their own', () => {
  const { policy, problems } = read(`
scalegate_policy: 1
approvers:
  slots:
    - { name: infra, teams: [acme/infra], count: 2 }
    - { name: budget, users: [ada], codeowners: true }
`);
  expect(problems).toEqual([]);
  expect(policy.approvers).toEqual([
    aSlot({ name: 'infra', teams: ['acme/infra'], count: 2 }),
    aSlot({ name: 'budget', users: ['ada'], codeowners: true }),
  ]);
});

describe('each mistake is a problem at its place', () => {
  test.each([
    { line: 'aprovers: {}', key: 'aprovers', hint: 'Did you mean "approvers"?' },
    { line: 'rules: { memory-limits: off }', key: 'rules.memory-limits', hint: 'Did you mean "memory-limit"?' },
    { line: 'rules: { monitoring: eror }', key: 'rules.monitoring', hint: 'Did you mean "error"?' },
    { line: 'rules: { monitoring: true }', key: 'rules.monitoring', hint: 'Expected one of off' },
    { line: 'rules: { monitoring: { level: loud } }', key: 'rules.monitoring.level', hint: 'Expected one of off' },
    {
      line: 'rules: { budget: { max_cost_usd: -1 } }',
      key: 'rules.budget.max_cost_usd',
      hint: 'Expected more than 0.',
    },
    {
      line: 'rules: { budget: { max_gpu_hour: 1 } }',
      key: 'rules.budget.max_gpu_hour',
      hint: 'Did you mean "max_gpu_hours"?',
    },
    { line: 'rules: [monitoring]', key: 'rules', hint: 'Expected a map.' },
    { line: 'configs: configs/**', key: 'configs', hint: 'Expected a list.' },
    { line: 'configs: ["/configs/**"]', key: 'configs[0]', hint: 'Expected a glob from the root' },
    { line: 'ignore: ["[ab].yaml"]', key: 'ignore[0]', hint: 'Expected a glob of **' },
    { line: `ignore: [${'a,'.repeat(101)}]`, key: 'ignore', hint: 'Expected at most 100 entries.' },
    { line: 'plan: ../plan.md', key: 'plan', hint: 'Expected a path from the root' },
    { line: 'approvers: { users: ["@ada"] }', key: 'approvers.users[0]', hint: 'Expected a value as its description' },
    {
      line: 'approvers: { teams: [ml-leads] }',
      key: 'approvers.teams[0]',
      hint: 'Expected a value as its description',
    },
    { line: 'approvers: { codeowners: yes }', key: 'approvers.codeowners', hint: 'Expected true or false' },
    {
      line: 'approvers: { users: [ada], slots: [{ name: a, users: [ada] }] }',
      key: 'approvers.users',
      hint: 'Expected "users" within one of the slots, not beside them',
    },
    { line: 'approvers: { slots: [{ name: a }] }', key: 'approvers.slots[0]', hint: 'Expected users, teams, roles or' },
    { line: 'approvers: { slots: [{ users: [a] }] }', key: 'approvers.slots[0].name', hint: 'Expected' },
    {
      line: 'approvers: { slots: [{ name: a, users: [b] }, { name: A, users: [c] }] }',
      key: 'approvers.slots[1].name',
      hint: 'Expected a name that no other slot has.',
    },
    { line: 'approvers: { slots: [] }', key: 'approvers.slots', hint: 'Expected at least 1 entries.' },
    {
      line: 'approvers: { slots: [{ name: "<b>", users: [a] }] }',
      key: 'approvers.slots[0].name',
      hint: 'Expected a value as its description',
    },
    { line: 'approvers: { count: 0 }', key: 'approvers.count', hint: 'Expected at least 1.' },
    { line: 'assumptions: [{ hardware: { count: 8 } }]', key: 'assumptions[0].files', hint: 'Expected a list.' },
    {
      line: 'assumptions: [{ files: [a], hardware: { count: -8 } }]',
      key: 'assumptions[0].hardware.count',
      hint: 'Expected',
    },
    {
      line: 'assumptions: [{ files: [a], hardwear: {} }]',
      key: 'assumptions[0].hardwear',
      hint: 'Did you mean "hardware"?',
    },
    { line: 'assumptions: { files: [a] }', key: 'assumptions', hint: 'Expected a list.' },
    { line: 'prices: { H200: cheap }', key: 'prices.H200', hint: 'Expected' },
    { line: 'prices: { H200: { usd_per_gpu_hour: -1 } }', key: 'prices.H200.usd_per_gpu_hour', hint: 'Expected' },
    {
      line: 'prices: { H200: { usd_per_gpu_hour: 1, term: spot } }',
      key: 'prices.H200.term',
      hint: 'Did you mean "terms"',
    },
    { line: 'policies: { files: [a] }', key: 'policies', hint: 'Expected a list.' },
    { line: 'policies: [vision]', key: 'policies[0]', hint: 'Expected a map.' },
    { line: 'policies: [{ rules: {} }]', key: 'policies[0].files', hint: 'Expected a list.' },
    { line: 'policies: [{ files: [a], ruels: {} }]', key: 'policies[0].ruels', hint: 'Did you mean "rules"?' },
    {
      line: 'policies: [{ files: [a], rules: { memory-limits: off } }]',
      key: 'policies[0].rules.memory-limits',
      hint: 'Did you mean "memory-limit"?',
    },
    {
      line: 'policies: [{ files: [a], rules: { plan-change: off } }]',
      key: 'policies[0].rules.plan-change',
      hint: 'Expected',
    },
    {
      line: 'policies: [{ files: [a], rules: { budget: { max_cost_usd: 0 } } }]',
      key: 'policies[0].rules.budget.max_cost_usd',
      hint: 'Expected more than 0.',
    },
    {
      line: 'policies: [{ files: [a], assumptions: { hardware: { cuont: 8 } } }]',
      key: 'policies[0].assumptions.hardware.cuont',
      hint: 'Did you mean "count"?',
    },
    {
      line: 'policies: [{ files: [a], approvers: { users: [a b] } }]',
      key: 'policies[0].approvers.users[0]',
      hint: 'Expected a value as its description',
    },
  ])('$line', ({ line, key, hint }) => {
    const { problems } = read(`scalegate_policy: 1\n${line}\n`);
    expect(problems.map((problem) => [problem.key, problem.place.line])).toEqual([[key, 2]]);
    expect(problems[0]!.hint).toContain(hint);
  });

  test('all of them at once, in the order of the file', () => {
    const { problems } = read(
      'scalegate_policy: 1\nignore: 3\nplam: x\nrules: { monitoring: eror, budget: { level: 1 } }\n',
    );
    expect(problems.map(({ key }) => key)).toEqual(['ignore', 'plam', 'rules.budget.level', 'rules.monitoring']);
  });

  test('a file that says nothing of its version', () => {
    expect(read('plan: plan.md').problems.map(({ key }) => key)).toEqual(['scalegate_policy']);
  });

  test.each(['', '- a\n- b\n', 'just text', 'a: [', '\u0000', 'null'])('a file that is no map: %j', (text) => {
    const { policy, problems } = read(text);
    expect(problems.length).toBeGreaterThan(0);
    expect(policy).toEqual({ ...defaults, path });
  });
});

test('a mistake leaves the rest of the policy as it is written', () => {
  const { policy } = read(`
scalegate_policy: 1
configs: ["configs/**"]
rules: { monitoring: eror, budget: { max_cost_usd: 10 }, beyond-plam: off }
approvers: { users: [ada], count: 0 }
`);
  expect(policy.configs).toEqual(['configs/**']);
  expect(policy.rules['monitoring']).toMatchObject({
    level: 'warning',
    options: {},
    setAt: { path, line: 4, column: 10 },
  });
  expect(policy.rules['budget']).toMatchObject({ level: 'error', options: { max_cost_usd: 10 }, setAt: { line: 4 } });
  expect(policy.approvers).toEqual(defaults.approvers);
});

test('a mistake never lowers the level of a rule below its default', () => {
  const { policy, problems } = read('scalegate_policy: 1\nrules: { memory-limit: { level: off, limit_gib: none } }\n');
  expect(problems).toHaveLength(1);
  expect(policy.rules['memory-limit']).toEqual({ level: 'error', options: {}, setAt: null, waiver: null });
});

test('a key called __proto__ is an unknown key like any other', () => {
  const { policy, problems } = read('scalegate_policy: 1\n__proto__: { configs: [x] }\nrules: { __proto__: off }\n');
  expect(problems.map(({ key }) => key)).toEqual(['__proto__', 'rules.__proto__']);
  expect(policy).toEqual({ ...defaults, path });
});

test('no text makes it throw, and every rule has a setting', () => {
  const words = fc.constantFrom(
    'rules',
    'approvers',
    'assumptions',
    'policies',
    'files',
    'level',
    'off',
    '[',
    '{',
    '}',
    ']',
    ': ',
    '\n',
    '- ',
    '1',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(words).map((parts) => parts.join('')),
      ),
      (text) => {
        expect(Object.keys(read(text).policy.rules)).toEqual(rules.map(({ name }) => name));
      },
    ),
  );
});
