import { expect, test } from 'vitest';
import { ladder, planOf, problemsOf, valueOf } from '../../../../test/support/a-markdown-plan.ts';
import { gibibyte } from '../../units/bytes.ts';

test('columns are known by their headers, in any order and among others', () => {
  const { scales } = planOf(
    'One table for all.\n\n' +
      'Owner | Total memory | **Scale** | Price | GPU-hrs | Parameter count\n:-|-:|:-:|-|-|-\n' +
      'ann | 3 GiB | Tiny | $1.5k | 1,000 | 0.01B',
  );
  const [tiny] = scales;
  expect(tiny!.name).toBe('Tiny');
  expect([tiny!.memoryBytes, tiny!.costUsd, tiny!.gpuHours, tiny!.parameters].map(valueOf)).toEqual([
    3 * gibibyte,
    1500,
    1000,
    10e6,
  ]);
});

test('a unit in the header counts for bare numbers below it', () => {
  const { scales } = planOf(
    '| Model | Params (B) | Samples (millions) | Memory (GB) | Cost ($k) | GPU hours (A100) |\n' +
      '|---|---|---|---|---|---|\n| Tiny | 0.01 | 2 | 80 | 1.5 | ~7 |\n| Small | 100M | 3M | 81 GiB | $2k | 8 h |',
  );
  expect(
    scales.map(({ parameters, samples, memoryBytes, costUsd, gpuHours }) =>
      [parameters, samples, memoryBytes, costUsd, gpuHours].map(valueOf),
    ),
  ).toEqual([
    [10e6, 2e6, 80 * gibibyte, 1500, 7],
    [100e6, 3e6, 81 * gibibyte, 2000, 8],
  ]);
});

test('a table headed Scale is the ladder, and a comparison with other models is not', () => {
  const { scales } = planOf(`${ladder}\n| Model | Params |\n| --- | --- |\n| GPT-2 | 1.5B |\n`);
  expect(scales.map(({ name }) => name)).toEqual(['Tiny', 'Small']);
});

test.each(['—', '-', 'n/a', 'N/A', 'TBD', '', '?'])('a cell with %j gives no figure and is no problem', (cell) => {
  const { scales } = planOf(`| Scale | Params | Cost | GPU hours |\n|-|-|-|-|\n| Tiny | 10M | ${cell} | 5 |`);
  expect(scales[0]).toMatchObject({ costUsd: null, gpuHours: { value: 5 } });
});

test.each([
  ['5OO', 'letters for digits'],
  ['1Q', 'a letter that stands for no thousands'],
  ["1'000", 'an apostrophe'],
  ['10M–1OOM', 'letters at the end of a range'],
])('%s is no number: %s', (cell) => {
  expect(problemsOf(`| Scale | Params | GPU hours |\n|-|-|-|\n| Tiny | 10M | ${cell} |`)).toContain(
    'unreadable-number 3:16',
  );
});

test.each([
  ['~1.5 billion', 1.5e9],
  ['10M params', 10e6],
  ['**1,000,000**', 1e6],
  ['100M (dense)', 100e6],
  ['5e8', 5e8],
])('parameters may be written %s', (cell, value) => {
  expect(planOf(`| Scale | Params |\n|-|-|\n| Tiny | ${cell} |`).scales[0]!.parameters.value).toBe(value);
});
