import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Problem } from '../problem.ts';
import { gibibyte } from '../units/bytes.ts';
import type { Figure, Plan } from './plan.ts';
import { readMarkdownPlan } from './read-markdown-plan.ts';

const reference = readFileSync('examples/model-scaling-estimates.md', 'utf8');

function planOf(text: string): Plan {
  const { plan, problems } = readMarkdownPlan('plan.md', text);
  expect(problems).toEqual([]);
  return plan!;
}

/** What is wrong with a text, as `code line:column`. */
function problemsOf(text: string): string[] {
  return readMarkdownPlan('plan.md', text).problems.map(describe);
}

function describe({ code, place }: Problem): string {
  return `${code} ${place.line}:${place.column}`;
}

function valueOf(figure: Figure | null): number | null {
  return figure?.value ?? null;
}

const ladder = '| Scale | Params |\n| --- | --- |\n| Tiny | 10M |\n| Small | 100M |\n';

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
  ['~1.5 billion', 1.5e9],
  ['10M params', 10e6],
  ['**1,000,000**', 1e6],
  ['100M (dense)', 100e6],
  ['5e8', 5e8],
])('parameters may be written %s', (cell, value) => {
  expect(planOf(`| Scale | Params |\n|-|-|\n| Tiny | ${cell} |`).scales[0]!.parameters.value).toBe(value);
});

test('evidence is a link to the run, with its date and what was measured', () => {
  const { scales } = planOf(
    `${ladder}\n| Scale | Run | Date | Peak memory | GPU hours |\n|-|-|-|-|-|\n` +
      '| Tiny | [run 7](https://x.test/7) | 2026-10-03 | 2.8 GB | 9 |\n| Tiny | https://x.test/8 | — | | |\n| Small | — | | | |',
  );
  expect(scales[0]).toMatchObject({
    memoryBytes: null,
    gpuHours: null,
    validation: {
      link: 'https://x.test/7',
      date: '2026-10-03',
      peakMemoryBytes: { value: 2.8 * gibibyte },
      gpuHours: { value: 9 },
      place: { line: 8, column: 10 },
    },
  });
  expect(scales[1]!.validation).toBeNull();
});

test('evidence may stand in a column of the ladder, where GPU hours stay the planned ones', () => {
  const { scales } = planOf(
    '| Scale | Params | GPU hours | Validated |\n|-|-|-|-|\n' +
      '| Tiny | 10M | 10 | 2026-10-03 [run](runs/tiny.md) |\n| Small | 100M | 100 | not yet |',
  );
  expect(scales[0]).toMatchObject({
    gpuHours: { value: 10 },
    validation: { link: 'runs/tiny.md', date: '2026-10-03', gpuHours: null },
  });
  expect(scales[1]!.validation).toBeNull();
});

test.each(['✅', 'yes', '2026-10-03', '[run](javascript:alert(1))'])('%s is a claim, not evidence', (cell) => {
  const text = `| Scale | Params | Validated |\n|-|-|-|\n| Tiny | 10M | ${cell} |`;
  const { plan, problems } = readMarkdownPlan('plan.md', text);
  expect(plan!.scales[0]!.validation).toBeNull();
  expect(problems.map(describe)).toEqual(['missing-evidence 3:16']);
});

test.each([
  [
    'a row of a scale that is not on the ladder',
    `${ladder}\n| Scale | Cost |\n|-|-|\n| Huge | $5 |`,
    ['unknown-scale 8:3'],
  ],
  ['a number that is none', '| Scale | Params | Cost |\n|-|-|-|\n| Tiny | 10M | cheap |', ['unreadable-number 3:16']],
  ['a range', '| Scale | Params | Memory |\n|-|-|-|\n| Tiny | 10M | 3–5 GB |', ['unreadable-number 3:16']],
  ['memory without a unit', '| Scale | Params | Memory |\n|-|-|-|\n| Tiny | 10M | 3 |', ['unreadable-number 3:16']],
  ['a negative number', '| Scale | Params | GPU hours |\n|-|-|-|\n| Tiny | 10M | -5 |', ['unreadable-number 3:16']],
  ['an absurd number', '| Scale | Params | GPU hours |\n|-|-|-|\n| Tiny | 10M | 1e40 |', ['out-of-range 3:16']],
  ['a scale that comes twice', `${ladder}| tiny | 20M |\n`, ['duplicate-scale 5:3']],
  ['a row that is too short', '| Scale | Params | Cost |\n|-|-|-|\n| Tiny | 10M |', ['ragged-row 3:1']],
  ['a row that is too long', `${ladder}| XL | 3B | 5 |\n`, ['ragged-row 5:1']],
  ['a row without a name', `${ladder}| | 3B |\n`, ['missing-name 5:1']],
  ['a scale without parameters', `${ladder}| XL | — |\n`, ['missing-parameters 5:3']],
  ['scales that descend', '| Scale | Params |\n|-|-|\n| Tiny | 10M |\n| Small | 1M |', ['scales-not-ascending 4:11']],
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
  const { plan, problems } = readMarkdownPlan('plan.md', text);
  expect(problems.map(describe)).toEqual(expected);
  expect(plan!.scales[0]!.parameters.value).toBeLessThanOrEqual(10e6);
});

test('a file without a scaling table is no plan, and the problem says what is looked for', () => {
  const { plan, problems } = readMarkdownPlan('notes.md', '# Notes\n\nNothing here.\n');
  expect(plan).toBeNull();
  expect(problems.map(describe)).toEqual(['no-scaling-table 1:1']);
  expect(problems[0]!.hint).toContain('Scale | Params');
});

test('scales without a Params column are pointed out at their table', () => {
  expect(problemsOf('# Plan\n\n| Scale | GPU hours |\n|-|-|\n| Tiny | 5 |')).toEqual(['no-scaling-table 3:1']);
});

test('scales that stand in the wrong order are still matched from the smallest up', () => {
  const { plan } = readMarkdownPlan('plan.md', '| Scale | Params |\n|-|-|\n| Big | 1B |\n| Tiny | 10M |');
  expect(plan!.scales.map(({ name }) => name)).toEqual(['Tiny', 'Big']);
});

test.each([
  ['- Global batch size: 512', 'training.global_batch_size', 512],
  ['- **Batch size (per GPU):** 8', 'training.micro_batch_size', 8],
  ['- Sequence length: 8k tokens', 'training.sequence_length', 8192],
  ['- Precision: mixed FP16', 'training.precision', 'fp16-mixed'],
  ['- Precision: pure bf16', 'training.precision', 'bf16'],
  ['- Optimizer: AdamW', 'training.optimizer', 'adamw'],
  ['- Hardware: 64 × H100', 'hardware.count', 64],
  ['- Hardware: 64 × H100', 'hardware.gpu', 'H100'],
  ['- Price per GPU-hour: $2.50', 'hardware.usd_per_gpu_hour', 2.5],
  ['| Setting | Value |\n|-|-|\n| Sequence length | 4096 |', 'training.sequence_length', 4096],
] as const)('%j states %s', (text, field, value) => {
  expect(planOf(`${ladder}\n${text}\n`).facts[field]?.value).toBe(value);
});

test('of several models the one headed as the baseline is it', () => {
  const { baseline } = planOf(`${ladder}\n## Large\n- Layers: 24\n\n## Base model\n- Layers: 6\n`);
  expect(baseline['model.num_layers']?.value).toBe(6);
});

test.each([
  ['- Triple the parameters at most', 'growthFactor', 3],
  ['- Scale up by 1.5x a step', 'growthFactor', 1.5],
  ['- Save checkpoints every 5 percent', 'checkpointShare', 0.05],
  ['- Augmentation halves the data needed', 'augmentationFactor', 2],
] as const)('%j is advice with a number', (text, name, value) => {
  expect(planOf(`${ladder}\n${text}\n`).recommendations[name]?.value).toBe(value);
});

test('advice without a number sets nothing', () => {
  expect(planOf(`${ladder}\n- Scale gradually\n- Checkpoint often\n- Monitor closely\n`).recommendations).toEqual({
    growthFactor: null,
    checkpointShare: null,
    monitor: null,
    augmentationFactor: null,
  });
});

test('a need for data may be written scale first, and finds the longer of two names', () => {
  const { scales } = planOf(
    '| Scale | Params |\n|-|-|\n| X | 10M |\n| X Large | 1B |\n\n## Data\n- X Large: ~5k hours\n- 100 hours for X\n',
  );
  expect(scales.map(({ dataHours }) => valueOf(dataHours))).toEqual([100, 5000]);
});
