import { expect, test } from 'vitest';
import { codeAndPlace, ladder, planOf } from '../../../test/support/a-markdown-plan.ts';
import { findQuantities } from './amounts/find-quantities.ts';
import { matchRow } from './match-row.ts';
import { readPlan } from './read-plan.ts';
import { recordInMarkdown } from './record/record-in-markdown.ts';

const many = 100_000;
const blanks = ' '.repeat(many);

test.each([
  ['a range', `5${blanks}to${blanks}`],
  ['a bound', `5 and at most${blanks}~${blanks}`],
])('blanks that lead to no end of %s leave the number before them', (_, text) => {
  expect(findQuantities(text)).toMatchObject([{ low: 5, high: 5, fault: null }]);
});

test.each([
  [`- Batch size: 32${blanks}per GPU`, 'training.micro_batch_size', 32],
  [`- Batch size: 32 /${blanks}GPU`, 'training.micro_batch_size', 32],
  [`- Price per GPU-hour: $2.50${blanks}/${blanks}h`, 'hardware.usd_per_gpu_hour', 2.5],
  [`- Layers:${blanks}24${blanks}layers`, 'model.num_layers', 24],
] as const)('a setting with blanks in it is read, %#', (text, field, value) => {
  const { facts, baseline } = planOf(`${ladder}\n${text}\n`);
  expect({ ...facts, ...baseline }[field]?.value).toBe(value);
});

test.each([
  ['slashes', '/', null],
  ['signs of a place', '@', 9],
  ['blanks before a slash', `${blanks}/`, 9],
])('a header that ends in %s is read up to its limit', (_, filler, gpuHours) => {
  const title = `GPU hours ${filler.repeat(many / filler.length)}`;
  const { plan } = readPlan('plan.md', `| Scale | Params | ${title} |\n|-|-|-|\n| Tiny | 10M | 9 |`);
  expect(plan!.scales[0]!.gpuHours?.value ?? null).toBe(gpuHours);
});

test('an item is a row, whatever signs its amount begins with', () => {
  const item = (name: string) => `- **${name}**: at most ${'~<'.repeat(1_900)}$30 ${'~<'.repeat(50_000)}\n`;
  const { plan, problems } = readPlan('plan.md', item('a') + item('b'));
  expect(problems.map(codeAndPlace)).toEqual([]);
  expect(plan!.stages.map(({ name, cost }) => [name, cost?.value])).toEqual([
    ['a', 30],
    ['b', 30],
  ]);
});

test('a run with points around its name is matched by the words between them', () => {
  const run = { path: `runs/${'.'.repeat(900)}sft.yaml`, name: '.'.repeat(many), parameters: null, tokens: null };
  expect(matchRow(planOf('| Stage | GPU-h |\n|-|-|\n| SFT | 20 |\n'), run, null)).toMatchObject({
    row: { name: 'SFT' },
  });
});

const record = {
  row: 'Tiny',
  kind: 'scale' as const,
  link: 'https://example.com/runs/7',
  date: '2026-10-03',
  memoryBytes: null,
  gpuHours: 9,
  predictedMemoryBytes: null,
  predictedGpuHours: null,
  config: 'tiny.yaml',
};

test('a record goes below the last line, however many empty ones follow', () => {
  expect(recordInMarkdown('plan.md', `${ladder}${'\r\n'.repeat(many)}`, record)).toEqual(
    recordInMarkdown('plan.md', `${ladder}\r\n`, record),
  );
});

test('a record widens a row by cells, not by the blanks after it', () => {
  const table = '| Scale | Run |\n|-|-|\n| Small | — |';
  const [changed] = recordInMarkdown('plan.md', `${ladder}\n${table}${blanks}|${blanks}\n`, record);
  expect(changed!.text.split('\n')[7]).toBe('| Small | — | | — | — | — | — | — |');
});
