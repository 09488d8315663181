import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';

interface Workflow {
  readonly on: Record<string, unknown>;
  readonly permissions?: Record<string, string>;
  readonly jobs: Record<string, { 'timeout-minutes'?: number; steps: { uses?: string; run?: string }[] }>;
}

const folder = '.github/workflows';
const workflows = readdirSync(folder).map((name) => [name, readFileSync(`${folder}/${name}`, 'utf8')] as const);

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

  test('puts nothing that others wrote into a script', () => {
    for (const { run } of steps) expect(run ?? '').not.toContain('${{');
  });

  test('always reports: a workflow that a path filter skips leaves a required check pending for ever', () => {
    expect(JSON.stringify(workflow.on)).not.toMatch(/"paths/);
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
