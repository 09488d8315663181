import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { codeAndPlace, ladder, planOf, valueOf } from '../../../test/support/a-markdown-plan.ts';
import { gibibyte } from '../units/bytes.ts';
import type { Plan } from './plan.ts';
import { readPlan } from './read-plan.ts';

const reference = readFileSync('examples/model-scaling-estimates.md', 'utf8');

test('the reference plan is read whole, without a problem', () => {
  const { title, scales } = planOf(reference);
  expect(title).toBe('Model Scaling Estimates');
  const row = (index: number) => {
    const {
      name,
      parameters,
      samples,
      gpuHours,
      modelMemoryBytes,
      memoryBytes,
      dataHours,
      costUsd,
      usdPerMillionTokens,
    } = scales[index]!;
    const gib = [modelMemoryBytes, memoryBytes].map((figure) => valueOf(figure)! / gibibyte);
    const others = [parameters, samples, gpuHours, dataHours, costUsd, usdPerMillionTokens].map(valueOf);
    return [name, ...others, ...gib];
  };
  expect(scales.map((_, index) => row(index))).toEqual([
    ['Tiny', 10e6, 1e6, 10, null, null, null, 40 / 1024, 3],
    ['Small', 100e6, 10e6, 100, null, 500, 0.01, 400 / 1024, 10],
    ['Medium', 500e6, 50e6, 500, 1000, 2500, 0.05, 2, 24],
    ['Large', 1e9, 100e6, 1000, 5000, 10_000, 0.1, 4, 48],
    ['XL', 3e9, 300e6, 3000, null, 30_000, 0.3, 12, 80],
  ]);
  expect(scales[4]!.activationMemoryBytes).toEqual({
    value: 60 * gibibyte,
    text: '60 GB',
    place: { path: 'plan.md', line: 39, column: 27 },
  });
  expect(scales[3]!.notes).toBe('Production baseline');
  expect(scales.every(({ validation }) => validation === null)).toBe(true);
});

test("the reference plan's assumptions and baseline are facts with their places", () => {
  const { facts, baseline } = planOf(reference);
  const values = (stated: Plan['facts']) => Object.entries(stated).map(([field, fact]) => [field, fact.value]);
  expect(values(facts)).toEqual([
    ['training.micro_batch_size', 32],
    ['training.sequence_length', 2048],
    ['training.precision', 'bf16-mixed'],
    ['hardware.gpu', 'NVIDIA A100 80GB'],
  ]);
  expect(values(baseline)).toEqual([
    ['model.hidden_size', 512],
    ['model.num_layers', 6],
    ['model.num_attention_heads', 8],
    ['model.max_position_embeddings', 2048],
  ]);
  expect(facts['hardware.gpu']).toMatchObject({ authority: 'plan', place: { line: 29, column: 13 } });
});

test("the numbers in the reference plan's advice are read from its sentences", () => {
  const { growthFactor, checkpointShare, monitor, augmentationFactor } = planOf(reference).recommendations;
  expect(growthFactor).toMatchObject({ value: 2, text: 'Double', place: { line: 63, column: 25 } });
  expect(checkpointShare).toMatchObject({ value: 0.1, text: '10%', place: { line: 65 } });
  expect(monitor).toEqual(['loss', 'grad_norm', 'memory']);
  expect(augmentationFactor).toMatchObject({ value: 2, text: '~2x', place: { line: 47 } });
});

test.each([
  [
    'a row of a scale that is not on the ladder',
    `${ladder}\n| Scale | Cost |\n|-|-|\n| Huge | $5 |`,
    ['unknown-scale 8:3'],
  ],
  ['a number that is none', '| Scale | Params | Cost |\n|-|-|-|\n| Tiny | 10M | cheap |', ['unreadable-number 3:16']],
  ['memory without a unit', '| Scale | Params | Memory |\n|-|-|-|\n| Tiny | 10M | 3 |', ['unreadable-number 3:16']],
  ['a negative number', '| Scale | Params | GPU hours |\n|-|-|-|\n| Tiny | 10M | -5 |', ['unreadable-number 3:16']],
  ['an absurd number', '| Scale | Params | GPU hours |\n|-|-|-|\n| Tiny | 10M | 1e40 |', ['out-of-range 3:16']],
  ['a scale that comes twice', `${ladder}| tiny | 20M |\n`, ['duplicate-scale 5:3']],
  ['a row that is too short', '| Scale | Params | Cost |\n|-|-|-|\n| Tiny | 10M |', ['ragged-row 3:1']],
  ['a row that is too long', `${ladder}| XL | 3B | 5 |\n`, ['ragged-row 5:1']],
  ['a row without a name', `${ladder}| | 3B |\n`, ['missing-name 5:1']],
  ['a scale without parameters', `${ladder}| XL | — |\n`, ['missing-parameters 5:3']],
  [
    'a header with more cells than its line',
    '| Scale | Params | Cost |\n|-|-|\n| Tiny | 10M | $5 |',
    ['broken-table 1:1'],
  ],
  [
    'two columns for one thing',
    '| Scale | Params | Cost | Price |\n|-|-|-|-|\n| Tiny | 10M | $5 | $6 |',
    ['duplicate-column 1:27'],
  ],
  [
    'a figure that two tables give differently',
    `| Scale | Params | Cost |\n|-|-|-|\n| Tiny | 10M | $5 |\n\n| Scale | Budget |\n|-|-|\n| Tiny | $6 |`,
    ['conflicting-figures 7:10'],
  ],
  [
    'a date that does not exist',
    `${ladder}\n| Scale | Run | Date |\n|-|-|-|\n| Tiny | https://x.test/1 | 2026-02-31 |`,
    ['unreadable-date 8:29'],
  ],
  ['a batch size of unknown kind', `${ladder}\n- Batch size: 32\n`, ['unreadable-setting 6:15']],
  ['a precision that is none', `${ladder}\n- Precision: high\n`, ['unreadable-setting 6:14']],
  [
    'data for a scale that is not on the ladder',
    `${ladder}\n- ~10 hours of data for Huge scale\n`,
    ['unknown-scale 6:3'],
  ],
])('%s is a problem with its place, and the rest is read', (_, text, expected) => {
  const { plan, problems } = readPlan('plan.md', text);
  expect(problems.map(codeAndPlace)).toEqual(expected);
  expect(plan!.scales[0]!.parameters.value).toBeLessThanOrEqual(10e6);
});

test('a file without a scaling table is no plan, and the problem says what is looked for', () => {
  const { plan, problems } = readPlan('notes.md', '# Notes\n\nNothing here.\n');
  expect(plan).toBeNull();
  expect(problems.map(codeAndPlace)).toEqual(['no-plan 1:1']);
  expect(problems[0]!.hint).toContain('Scale | Params');
});

test('a table of hours without parameters is a plan of stages', () => {
  const { plan } = readPlan('plan.md', '# Plan\n\n| Scale | GPU hours |\n|-|-|\n| Tiny | 5 |');
  expect(plan).toMatchObject({ scales: [], stages: [{ name: 'Tiny', gpuHours: { value: 5 } }] });
});

test('scales that stand in the wrong order are still matched from the smallest up', () => {
  const { plan } = readPlan('plan.md', '| Scale | Params |\n|-|-|\n| Big | 1B |\n| Tiny | 10M |');
  expect(plan!.scales.map(({ name }) => name)).toEqual(['Tiny', 'Big']);
});
