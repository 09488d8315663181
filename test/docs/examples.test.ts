import { readFileSync } from 'node:fs';
import type { Code } from 'mdast';
import { describe, expect, test } from 'vitest';
import { workflowTemplate } from '../../src/cli/templates/workflow.ts';
import { readRun } from '../../src/core/reading/read-run.ts';
import { readPlan } from '../../src/core/plan/read-plan.ts';
import { readPolicy } from '../../src/core/policy/read-policy.ts';
import type { Problem } from '../../src/core/problem.ts';
import { readPages } from './pages.ts';

const pages = readPages();
const examples = pages.flatMap(({ path, blocks }) =>
  blocks
    .filter(({ lang }) => ['yaml', 'json', 'toml', 'markdown'].includes(lang ?? ''))
    .map((block) => [`${path}:${block.position?.start.line ?? 0}`, block] as const),
);

test.each(examples)('the example at %s is read without a problem', (_, block) => {
  expect(problemsOf(block)).toEqual([]);
});

describe('an example', () => {
  const yaml = (value: string) => problemsOf({ type: 'code', lang: 'yaml', value });

  test.each([
    ['a policy with a rule that does not exist', 'scalegate_policy: 1\nrules: { budgets: off }'],
    ['a workflow that is not the one of scalegate init', 'on: push\njobs: {}'],
    ['a file that is nothing of ours', 'key: value'],
  ])('that is %s would be noticed', (_, value) => {
    expect(yaml(value)).not.toEqual([]);
  });
});

test('each kind of example is there', () => {
  const kinds = examples.map(([, block]) => kindOf(block));
  expect(new Set(kinds)).toEqual(
    new Set(['workflow', 'steps', 'policy', 'policy fragment', 'plan', 'plan tables', 'pre-commit', 'run']),
  );
});

type Kind = 'workflow' | 'steps' | 'policy' | 'policy fragment' | 'plan' | 'plan tables' | 'pre-commit' | 'run';

function kindOf({ lang, value }: Pick<Code, 'lang' | 'value'>): Kind {
  if (/^on:/m.test(value)) return 'workflow';
  if (/^- uses:/m.test(value)) return 'steps';
  if (/^scalegate_policy:/m.test(value)) return 'policy';
  if (/^scalegate_plan:/m.test(value)) return 'plan';
  if (lang === 'markdown') return 'plan tables';
  if (/^repos:/m.test(value)) return 'pre-commit';
  return /^(?:plan|rules|assumptions|formats|comment):/m.test(value) ? 'policy fragment' : 'run';
}

function problemsOf(block: Code): readonly (Problem | string)[] {
  const { lang, value } = block;
  const path = `example.${lang ?? ''}`;
  switch (kindOf(block)) {
    case 'workflow':
      return value.replace(/^# .*\n/, '') === workflowTemplate.trim()
        ? []
        : ['this is not the workflow of scalegate init'];
    case 'steps':
      return [...value.matchAll(/steps\.scalegate\.outputs\.(\w+)/g)]
        .filter(([, name]) => !outputs.includes(name ?? ''))
        .map(([found]) => `${found} is no output of the Action`);
    case 'policy':
      return readPolicy({ path, text: value }).problems;
    case 'policy fragment':
      return readPolicy({ path, text: `scalegate_policy: 1\n${value}` }).problems;
    case 'plan':
      return readPlan(path, value).problems;
    case 'plan tables':
      return readPlan(
        'plan.md',
        /^\| Scale/m.test(value) && !value.includes('| Params') ? `${ladder}\n${value}` : value,
      ).problems;
    case 'pre-commit':
      return hooks.some((id) => value.includes(`id: ${id} `)) ? [] : ['this repository has no such hook'];
    case 'run': {
      const { format, problems } = readRun(path, value, new Map());
      return format === null ? ['this is no policy, plan, workflow or training config'] : problems;
    }
  }
}

const [, outputsOfAction = ''] = readFileSync('action.yml', 'utf8').split(/^outputs:$/m);
const outputs = [...outputsOfAction.matchAll(/^ {2}([\w-]+):$/gm)].map(([, name]) => name ?? '');

const hooks = [...readFileSync('.pre-commit-hooks.yaml', 'utf8').matchAll(/^- id: (\w+)$/gm)].map(([, id]) => id ?? '');

/** Tables of a plan without its ladder are about these scales. */
const ladder = '| Scale | Params |\n| - | - |\n| Tiny | 10M |\n| Small | 100M |\n| Medium | 500M |\n';

test('no workflow filters by paths: a required one that is filtered out never reports', () => {
  const workflows = examples.filter(([, block]) => kindOf(block) === 'workflow');
  expect(workflows.length).toBeGreaterThan(1);
  for (const [where, { value }] of workflows) expect(value, where).not.toMatch(/^\s*paths(?:-ignore)?:/m);
});
