import { expect, test } from 'vitest';
import { codeAndPlace } from '../../../../test/support/a-markdown-plan.ts';
import { planJson } from '../plan-json.ts';
import { readPlan } from '../read-plan.ts';

function read(text: string) {
  const { plan, problems } = readPlan('plan.md', text);
  return { ...planJson('plan.md', plan, problems), problems: problems.map(codeAndPlace) };
}

function rowOf(text: string, name: string) {
  return read(text).rows.find((row) => row.name === name);
}

test.each([
  [
    'minutes under time',
    '| Run | Params | GPU hours |\n|-|-|-|\n| a | 100M | 30m |',
    'gpu_hours',
    { low: 0.5, high: 0.5 },
  ],
  ['GPU-days', '| Run | GPU-days |\n|-|-|\n| a | 10 |', 'gpu_hours', { low: 240, high: 240 }],
  ['a range', '| Phase | GPU-hours |\n|-|-|\n| a | ~4–6 |', 'gpu_hours', { low: 4, high: 6 }],
  ['an open end', '| Phase | GPU-hours |\n|-|-|\n| a | 40K+ |', 'gpu_hours', { low: 40_000, high: null }],
  ['at most', '| Phase | Cost |\n|-|-|\n| a | < $50 |', 'cost', { low: null, high: 50, currency: 'USD' }],
  [
    'thousands in the header',
    '| Phase | Cost (k€) |\n|-|-|\n| a | 4 |',
    'cost',
    { low: 4000, high: 4000, currency: 'EUR' },
  ],
  [
    'the currency as the header',
    '| Phase | GPU-h | CHF |\n|-|-|-|\n| a | 9 | 30 |',
    'cost',
    { low: 30, high: 30, currency: 'CHF' },
  ],
  [
    'a unit in the cell',
    '| Phase | Compute |\n|-|-|\n| a | ~12 A100-hours + review |',
    'gpu_hours',
    { low: 12, high: 12 },
  ],
  [
    'what is asked for',
    '| Phase | GPU-hours |\n|-|-|\n| a | ≈ 780 → request 800 |',
    'gpu_hours',
    { low: 800, high: 800 },
  ],
  [
    'hours on two cards',
    '| Month | GPU hours |\n|-|-|\n| a | 20 on 4090 plus 5 on H100 |',
    'gpu_hours',
    { low: 25, high: 25 },
  ],
  [
    'time on the GPUs of the header',
    '| Run | Time (8×H100) |\n|-|-|\n| a | 1h 30m |',
    'gpu_hours',
    { low: 12, high: 12 },
  ],
  [
    'time on the GPUs of the row',
    '| Run | Hardware | Wall |\n|-|-|-|\n| a | 4x L40S | 2 days |',
    'gpu_hours',
    { low: 192, high: 192 },
  ],
  ['time on one card', '| Run | Hardware | Wall |\n|-|-|-|\n| a | RTX 4090 | ~3 h |', 'gpu_hours', { low: 3, high: 3 }],
  [
    'node-hours',
    'Nodes of 8 GPUs, 8 GPUs per node.\n\n| Run | Node-hours |\n|-|-|\n| a | 5 |',
    'gpu_hours',
    { low: 40, high: 40 },
  ],
  ['parameters of the name', '| Stage | GPU-hours |\n|-|-|\n| a (0.6B, LoRA) | 5 |', 'parameters', 600e6],
  [
    'parameters of the text above',
    'We train one model of 1.2B parameters.\n\n| Stage | GPU-h |\n|-|-|\n| a | 5 |',
    'parameters',
    1.2e9,
  ],
  ['parameters among the layers', '| Stage | Stack | Wall |\n|-|-|-|\n| a | 12L, 108M | 2 h |', 'parameters', 108e6],
  ['tokens from where to where', '| Run | Tokens | GPU-h |\n|-|-|-|\n| a | 3B→5B | 10 |', 'tokens', 2e9],
  ['iterations', '| Stage | Iterations | GPU-h |\n|-|-|-|\n| a | 80K | 10 |', 'steps', 80_000],
  ['thousands apart', '| Stage | GPU-h |\n|-|-|\n| a | 12 000 |', 'gpu_hours', { low: 12_000, high: 12_000 }],
  [
    'the price above the table',
    '## Cost (one A100 at ~$2/hr)\n\n| Step | Wall-clock |\n|-|-|\n| a | 40 min |',
    'gpu',
    'A100',
  ],
] as const)('%s is read as it is meant', (_, text, field, expected) => {
  const { rows, problems } = read(text);
  expect(problems).toEqual([]);
  const found = rows[0]?.[field];
  if (typeof expected === 'object') expect(found).toMatchObject(expected);
  else expect(found).toBe(expected);
});

test.each([
  [
    'a comma that is no thousands separator',
    '| Phase | GPU-h |\n|-|-|\n| a | 1,5 |\n| b | 9 |',
    'unreadable-number 3:7',
  ],
  ['a point that may be one', '| Phase | Cost |\n|-|-|\n| a | €4.000 |\n| b | €2 |', 'unreadable-number 3:7'],
  ['money in no currency', '| Phase | Cost |\n|-|-|\n| a | 40 |\n| b | $2 |', 'missing-currency 3:7'],
  [
    'hours of one or of eight',
    '| Scale | Params | H100 hours (8 GPUs) |\n|-|-|-|\n| a | 1B | 9 |',
    'unclear-column 1:20',
  ],
  ['data of no unit', '| Model | Params | Data | GPU-h |\n|-|-|-|-|\n| a | 1B | 20B | 9 |', 'unclear-column 1:20'],
  ['a budget of no unit', '| Stage | Params | Budget |\n|-|-|-|\n| a | 1B | 5B |', 'unclear-column 1:20'],
  [
    'money in another column',
    '| Run | Params | Tokens | Hardware |\n|-|-|-|-|\n| a | 1B | 20B | A100 (~$30) |',
    'unread-figure 3:18',
  ],
  [
    'hours that time × GPUs contradicts',
    '| Run | GPUs | Hours | GPU-h |\n|-|-|-|-|\n| a | 8 | 10 | 20 |',
    'contradiction 3:16',
  ],
  ['GPU-hours that are time', '| Run | GPU | GPU-h |\n|-|-|-|\n| a | 4×L4 | 71 h (255,600s) |', 'contradiction 3:14'],
  [
    'the hours of a node of unknown size',
    '| Run | GPU hours |\n|-|-|\n| a | 14 on GPU node |\n| b | 9 |',
    'unknown-node 3:7',
  ],
])('%s is asked about, and not guessed', (_, text, problem) => {
  const { rows, problems, is_plan: isPlan } = read(text);
  expect(problems).toContain(problem);
  expect(isPlan).toBe(true);
  expect(rows[0]?.gpu_hours?.high ?? 9).toBe(9);
});

test.each([
  ['by name', '| **Total** | | ~30 |'],
  ['by arithmetic', '| a + b | | 30 |'],
])('a row that sums up the others is the total and no row, %s', (_, row) => {
  const { rows, total } = read(`| Stage | Tokens | GPU-h |\n|-|-|-|\n| a | 1B | 10 |\n| b | 2B | 20 |\n${row}`);
  expect(rows.map(({ name }) => name)).toEqual(['a', 'b']);
  expect(total).toMatchObject({ gpu_hours: { high: 30 }, line: 5 });
});

test('the total may be a sentence, and what is optional is not in it', () => {
  const text =
    '| Run | GPUs | GPU-h | Cost |\n|-|-|-|-|\n| a | 1 | 10 | $20 |\n| Optional b | 1 | 20 | $40 |\n\n**Total: ~10 GPU-hours, $20.**\n';
  const { rows, total } = read(text);
  expect(rows.map(({ optional }) => optional)).toEqual([false, true]);
  expect(total).toMatchObject({ gpu_hours: { high: 10 }, cost: { high: 20, currency: 'USD' }, line: 6 });
});

test('columns of hours for several cards are ways to do it, never a sum', () => {
  const text =
    '| preset | params | tokens | T4 h | H100 h |\n|-|-|-|-|-|\n| s | 30 M | 300 M | 9 | 1 |\n| l | 90 M | 900 M | 90 | 10 |';
  expect(rowOf(text, 's')).toMatchObject({
    gpu_hours: null,
    alternatives: [
      { gpu: 'T4', gpu_hours: { high: 9 } },
      { gpu: 'H100', gpu_hours: { high: 1 } },
    ],
  });
});

test('runs of one name are told apart by their tokens', () => {
  const { rows, problems } = read('| Model | Tokens | GPU-h |\n|-|-|-|\n| 1B | 20B | 90 |\n| 1B | 100B | 440 |');
  expect(rows.map(({ name, tokens }) => [name, tokens])).toEqual([
    ['1B, 20B tokens', 20e9],
    ['1B, 100B tokens', 100e9],
  ]);
  expect(problems).toEqual([]);
});

test('a table with a column for each run is turned', () => {
  const text = '| | small | large |\n|-|-|-|\n| Params | 100M | 1B |\n| Tokens | 2B | 20B |\n| GPU-hours | 9 | 900 |\n';
  expect(rowOf(text, 'large')).toMatchObject({ parameters: 1e9, tokens: 20e9, gpu_hours: { high: 900 } });
});

test('bullets of one shape are rows', () => {
  const text =
    '## Runs\n\n- **1B**: 20B tokens, 8 H100, about 90 GPU-hours, at most $300\n- **7B**: 140B tokens, 64 H100, about 4k GPU-hours, at most $12k\n';
  expect(rowOf(text, '7B')).toMatchObject({
    parameters: 7e9,
    tokens: 140e9,
    gpu: 'H100',
    gpu_count: 64,
    gpu_hours: { high: 4000 },
    cost: { low: null, high: 12_000 },
  });
});

test('pipes without the line of dashes are a table', () => {
  expect(rowOf('| Component | GPU Hours (A100) |\n| Probe | 90-140 |\n| Sweep | 20 |\n', 'Probe')).toMatchObject({
    gpu: 'A100',
    gpu_hours: { low: 90, high: 140 },
  });
});

test('YAML in a code block is a table too, with the lines of the file', () => {
  const text =
    '# Plan\n\n```yaml\nruns:\n  - name: warm-up\n    params: 100M\n    gpu_hours: 12\n  - name: main\n    params: 1B\n    gpu_hours: 1,5\n```\n';
  expect(rowOf(text, 'warm-up')).toMatchObject({ parameters: 1e8, gpu_hours: { high: 12 }, line: 5 });
  expect(read(text).problems).toEqual(['unreadable-number 10:5']);
});

test('CSV is a table, quotes and semicolons too', () => {
  const { plan, problems } = readPlan(
    'plan.csv',
    'Run;Params;"GPU-hours";Cost\r\nsmoke;100M;2;$5\r\n"main; long";1B;90;"$1,225"\r\n',
  );
  expect(problems).toEqual([]);
  expect(planJson('plan.csv', plan, problems).rows).toMatchObject([
    { name: 'smoke', line: 2, gpu_hours: { high: 2 } },
    { name: 'main; long', parameters: 1e9, cost: { high: 1225, currency: 'USD' } },
  ]);
});

test("YAML of the team's own keys is a plan", () => {
  const yaml = 'stages:\n  pretrain: { params: 1B, tokens: 20B, gpu_hours: 90 }\n  sft: { params: 1B, gpu_hours: 4 }\n';
  const { plan, problems } = readPlan('plan.yaml', yaml);
  expect(problems).toEqual([]);
  expect(planJson('plan.yaml', plan, problems).rows).toMatchObject([
    { name: 'pretrain', kind: 'stage', gpu_hours: { high: 90 } },
    { name: 'sft', kind: 'stage' },
  ]);
});

test.each([
  [
    'models and the memory they need',
    '| Model | Params | VRAM |\n|-|-|-|\n| tiny | 40M | ~1 GB |\n| base | 80M | ~2 GB |',
  ],
  [
    'models and their scores',
    '| Model | Params | Tokens | MMLU |\n|-|-|-|-|\n| x-1b | 1B | 2T | 40.1 |\n| x-7b | 7B | 2T | 60.2 |',
  ],
  ['models and where to get them', '| Model | Params | Tokens | License |\n|-|-|-|-|\n| x | 1B | 2T | MIT |'],
  [
    'sizes of a cluster',
    '| GPUs | Throughput | Days to train | Cost |\n|-|-|-|-|\n| 8 | 120 | 30 | $10,000 |\n| 16 | 240 | 15 | $10,000 |',
  ],
  ['prices', '| GPU | Memory | $/hr |\n|-|-|-|\n| H100 | 80 GB | $2.50 |\n| A100 | 80 GB | $1.60 |'],
  ['use by the day', '| Model | GPU type | GPU hours/day | GPU cost/day |\n|-|-|-|-|\n| chat | A100 | 48 | $178 |'],
  ['sizes and energy', '| Scale | Parameters | Wh / 1M tokens |\n|-|-|-|\n| small | 7B | 110 |'],
  ['factors of enlargement', '| Name | Scale | Params |\n|-|-|-|\n| x4 | 4x | 16M |\n| x2 | 2x | 16M |'],
  ['a mixture of data', '| Source | Tokens | Weight |\n|-|-|-|\n| web | 2T | 0.7 |\n| code | 500B | 0.3 |'],
])('a table of %s is no plan', (_, text) => {
  expect(read(`# Page\n\n${text}\n`)).toMatchObject({ is_plan: false, rows: [] });
  expect(read(text).problems[0]).toMatch(/^no-plan/);
});
