import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { checkName } from '../src/github/checks/check.ts';
import { readPages } from './docs/pages.ts';

interface Workflow {
  readonly on: Record<string, unknown>;
  readonly permissions?: Record<string, string>;
  readonly concurrency?: { 'cancel-in-progress'?: boolean | string };
  readonly jobs: Record<string, Job>;
}

interface Job {
  readonly name?: string;
  readonly needs?: unknown;
  readonly if?: string;
  readonly 'timeout-minutes'?: number;
  readonly steps: readonly { uses?: string; run?: string }[];
}

const folder = '.github/workflows';
const workflows = readdirSync(folder).map((name) => [name, readFileSync(`${folder}/${name}`, 'utf8')] as const);

/** What people are told to write. */
const examples = readPages().flatMap(({ path, blocks }) =>
  blocks
    .filter(({ lang, value }) => lang === 'yaml' && /^jobs:$/m.test(value))
    .map(({ value }) => [path, value] as const),
);

test('there are examples to hold to the rules', () => {
  expect(examples.map(([path]) => path)).toEqual(expect.arrayContaining(['README.md', 'docs/action.md']));
});

describe.each([...workflows, ...examples])('a workflow that may be required, %s,', (_, text) => {
  const workflow = parse(text) as Workflow;
  const jobs = Object.entries(workflow.jobs);

  test('always reports: one that a path filter skips leaves a required check pending for ever', () => {
    expect(JSON.stringify(workflow.on)).not.toMatch(/"paths/);
    for (const [, job] of jobs) {
      if (job.needs !== undefined) expect(job.if).toMatch(/always\(\)/);
      else expect(job.if).toBeUndefined();
    }
  });

  test('puts nothing that others wrote into a script', () => {
    for (const [, { steps }] of jobs) for (const { run } of steps) expect(run ?? '').not.toContain('${{');
  });

  test('is not run with the rights of the base on what a fork wrote', () => {
    expect(JSON.stringify(workflow.on)).not.toContain('pull_request_target');
  });

  test('cancels runs of pull requests only: a canceled run of a merge queue has its pull request dropped', () => {
    const cancels = workflow.concurrency?.['cancel-in-progress'] ?? false;
    expect([false, "${{ github.event_name == 'pull_request' }}"]).toContain(cancels);
  });

  test('has no job with the name of the check of the App, which only the App is to report', () => {
    for (const [id, { name = id }] of jobs) expect(name).not.toBe(checkName);
  });
});

describe.each(workflows)('%s', (_, text) => {
  const workflow = parse(text) as Workflow;
  const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);

  test('starts with permissions to read and no more', () => {
    const granted = Object.entries(workflow.permissions ?? { all: 'write' });
    const may = { contents: ['read'], 'pull-requests': ['read', 'write'] } as Record<string, string[]>;
    for (const [scope, access] of granted) expect(may[scope] ?? []).toContain(access);
  });

  test('pins the actions of others to a commit', () => {
    for (const { uses } of steps) if (uses !== undefined && uses !== './') expect(uses).toMatch(/@[0-9a-f]{40}$/);
  });

  test('ends by itself', () => {
    for (const job of Object.values(workflow.jobs)) expect(job['timeout-minutes']).toBeLessThanOrEqual(30);
  });
});

describe('action.yml', () => {
  const action = parse(readFileSync('action.yml', 'utf8')) as {
    runs: Record<string, string>;
    inputs: Record<string, { default?: string; description: string }>;
  };

  test('runs the bundle on the current runtime', () => {
    expect(action.runs).toEqual({ using: 'node24', main: 'dist/action/index.js' });
  });

  test('has no defaults but the token: they stand in src/action/inputs.ts', () => {
    const defaults = Object.entries(action.inputs).filter(([, input]) => input.default !== undefined);
    expect(defaults.map(([name]) => name)).toEqual(['token']);
  });
});
