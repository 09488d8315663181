import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { planJson } from '../../src/core/plan/plan-json.ts';
import { readPlan } from '../../src/core/plan/read-plan.ts';

const page = readFileSync('docs/your-plan.md', 'utf8');
const shapes = [...page.matchAll(/^## (.+)\n(?:(?!^## )[^])*?```markdown\n([^]*?)```$/gm)].map(
  ([, title = '', text = '']) => ({ title, text }),
);

function rowsOf(title: string) {
  const { text } = shapes.find((shape) => shape.title === title)!;
  const { plan, problems } = readPlan('plan.md', text);
  expect(problems).toEqual([]);
  return planJson('plan.md', plan, problems);
}

test('the page shows five shapes', () => {
  expect(shapes.map(({ title }) => title)).toEqual([
    'A ladder of scales',
    'Stages with budgets',
    'Runs on hardware',
    'A column for each run',
    'A list',
  ]);
});

test('the ladder is scales with tokens, hours, memory and cost', () => {
  const { rows } = rowsOf('A ladder of scales');
  expect(rows.map(({ name, kind, tokens, gpu_hours: hours }) => [name, kind, tokens, hours?.high])).toEqual([
    ['Tiny', 'scale', 2e9, 2],
    ['Small', 'scale', 20e9, 90],
    ['Base', 'scale', 60e9, 800],
  ]);
  expect(rows[2]).toMatchObject({ gpu: 'H100', memory_gib: 70, cost: { high: 2000, currency: 'USD' } });
});

test('stages keep their ranges, euros stay euros, and the total caps all', () => {
  const { rows, total } = rowsOf('Stages with budgets');
  expect(rows.map(({ name, kind, optional }) => [name, kind, optional])).toEqual([
    ['Continued pretraining', 'stage', false],
    ['SFT', 'stage', false],
    ['GRPO', 'stage', false],
    ['Optional ablations', 'stage', true],
  ]);
  expect(rows[2]).toMatchObject({
    gpu: 'H100',
    gpu_hours: { low: 60, high: 90 },
    cost: { high: 252, currency: 'EUR' },
  });
  expect(total).toMatchObject({ gpu_hours: { high: 620 }, cost: { high: 1736, currency: 'EUR' } });
});

test('time on a number of GPUs is GPU-hours', () => {
  const { rows } = rowsOf('Runs on hardware');
  expect(rows.map(({ gpu, gpu_count: count, gpu_hours: hours }) => [gpu, count, hours?.high])).toEqual([
    ['RTX 4090', 1, 40 / 60],
    ['A100', 8, 384],
    ['H100', 64, 4608],
  ]);
});

test('a column for each run is a row for each run', () => {
  const { rows } = rowsOf('A column for each run');
  expect(rows).toMatchObject([
    { name: 'pilot', parameters: 125e6, gpu_count: 8, gpu_hours: { high: 4 }, cost: { high: 10 } },
    { name: 'main', parameters: 1.3e9, tokens: 26e9, gpu_hours: { high: 256 } },
  ]);
});

test('items of a list are rows', () => {
  const { rows, total } = rowsOf('A list');
  expect(rows).toMatchObject([
    { name: '1B', parameters: 1e9, gpu_count: 8, gpu_hours: { high: 90 }, cost: { low: null, high: 300 } },
    { name: '7B', parameters: 7e9, gpu_count: 64, gpu_hours: { high: 4000 }, cost: { low: null, high: 12_000 } },
  ]);
  expect(total).toMatchObject({ cost: { low: null, high: 13_000 } });
});
