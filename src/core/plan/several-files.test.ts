import { expect, test } from 'vitest';
import { planJson } from './plan-json.ts';
import { readPlanFiles, type PlanText } from './read-plan.ts';

function read(...files: readonly PlanText[]) {
  const { plan, problems } = readPlanFiles(files);
  return {
    ...planJson('docs/plan.md', plan, problems),
    problems: problems.map(({ code, place }) => `${code} ${place.path}:${place.line}`),
    messages: problems.map(({ message }) => message),
  };
}

const ladder: PlanText = {
  path: 'docs/plan.md',
  text: '# Way up\n\n| Scale | Params | Tokens |\n|-|-|-|\n| Pilot | 160M | 3B |\n| Main | 1.4B | 28B |\n\n- Sequence length: 4096\n',
};

test('a budget in CSV adds to the rows of the plan by their names, each figure with its file and line', () => {
  const budget = { path: 'docs/budget.csv', text: 'Scale,GPU-hours,Cost\nMain,700,"$1,400"\npilot,9,$18\n' };
  const { plan, problems } = readPlanFiles([ladder, budget]);
  expect(problems).toEqual([]);
  expect(plan).toMatchObject({ title: 'Way up', facts: { 'training.sequence_length': { value: 4096 } } });
  expect(plan!.scales).toMatchObject([
    {
      name: 'Pilot',
      place: { path: 'docs/plan.md', line: 5 },
      gpuHours: { value: 9, place: { path: budget.path, line: 3 } },
    },
    { name: 'Main', tokens: { value: 28e9 }, costUsd: { value: 1400, place: { path: budget.path, line: 2 } } },
  ]);
});

test('a file may bring rows of its own, which the order of the files has no part in', () => {
  const stages = { path: 'docs/after.yaml', text: 'scalegate_plan: 1\nstages:\n  - { name: SFT, gpu_hours: 12 }\n' };
  for (const files of [
    [ladder, stages],
    [stages, ladder],
  ]) {
    const { rows, problems } = read(...files);
    expect(problems).toEqual([]);
    expect(rows.map(({ name, kind, file, line }) => [name, kind, file, line]).toSorted()).toEqual([
      ['Main', 'scale', 'docs/plan.md', 6],
      ['Pilot', 'scale', 'docs/plan.md', 5],
      ['SFT', 'stage', 'docs/after.yaml', 3],
    ]);
  }
});

test.each([
  ['CSV', 'docs/budget.csv', 'Scale,Tokens\nMain,30B\n', 'docs/budget.csv:2'],
  ['YAML', 'b.yaml', 'scalegate_plan: 1\nscales:\n  - { name: Main, parameters: 1.4B, tokens: 30B }\n', 'b.yaml:3'],
])('a figure that a file in %s states otherwise is a contradiction, and names both places', (_, path, text, place) => {
  const { problems, messages, rows } = read(ladder, { path, text });
  expect(problems).toEqual([`conflicting-figures ${place}`]);
  expect(messages[0]).toContain('"30B" is not what docs/plan.md line 6 says: "28B".');
  expect(rows.find(({ name }) => name === 'Main')!.tokens).toBe(28e9);
});

test('time in one file on the GPUs of another is GPU-hours', () => {
  const { rows, problems } = read(
    { path: 'a.csv', text: 'Run,Params,GPUs\nsmall,100M,8\nlarge,1B,64\n' },
    { path: 'b.csv', text: 'Run,Wall-clock\nsmall,2 h\nlarge,1 day\n' },
  );
  expect(problems).toEqual([]);
  expect(rows.map(({ gpu_hours: hours }) => hours?.high)).toEqual([16, 1536]);
});

test('evidence may stand in a file of its own, empty or not', () => {
  const header = '| Scale | Run | Date |\n|-|-|-|\n';
  const empty = read(ladder, { path: 'docs/runs.md', text: `${header}| Pilot | — | |\n` });
  expect(empty.problems).toEqual([]);
  const recorded = read(ladder, {
    path: 'docs/runs.md',
    text: `${header}| Pilot | [7](https://x.test/7) | 2026-10-03 |\n`,
  });
  expect(recorded.rows.map(({ evidence }) => evidence)).toEqual(['https://x.test/7', null]);
});

test('a file that adds nothing to the plan is said to be none, and the rest is read', () => {
  const { problems, rows } = read(ladder, { path: 'docs/notes.md', text: '# Notes\n\nNothing.\n' });
  expect(problems).toEqual(['no-plan docs/notes.md:1']);
  expect(rows).toHaveLength(2);
});

test('files of which none is a plan are each said to be none', () => {
  const { is_plan: isPlan, problems } = read({ path: 'a.md', text: '# A\n' }, { path: 'b.csv', text: 'x,y\n1,2\n' });
  expect(isPlan).toBe(false);
  expect(problems).toEqual(['no-plan a.md:1', 'no-plan b.csv:1']);
});

test('the files together are no longer than one may be', () => {
  const { problems } = read(ladder, { path: 'b.md', text: ' '.repeat(250_000) });
  expect(problems).toEqual(['too-large docs/plan.md:1']);
});
