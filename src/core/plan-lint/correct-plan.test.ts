import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { findGpu } from '../catalog/gpu.ts';
import { readPlan } from '../plan/read-plan.ts';
import { correctPlan } from './correct-plan.ts';
import { lintPlan } from './lint-plan.ts';

const reference = readFileSync('examples/model-scaling-estimates.md', 'utf8');
const { gpu: a100 } = findGpu('A100 80GB')!;

function corrected(text: string, path = 'plan.md'): string {
  return correctPlan([{ path, text }], a100).files[0]!.text;
}

/** The lines that differ, as they are now. */
function changed(text: string, path?: string): string[] {
  const before = text.split('\n');
  return corrected(text, path)
    .split('\n')
    .filter((line, index) => line !== before[index]);
}

test('after it the reference plan has no impossible hours and all optimizer states', () => {
  const { plan } = readPlan('plan.md', corrected(reference));
  const rules = lintPlan(plan!, a100).map(({ rule, level }) => `${level} ${rule}`);
  expect(rules).not.toContain('error share-of-peak');
  expect(rules).not.toContain('warning share-of-peak');
  expect(rules).not.toContain('warning optimizer-states');
});

test('figures keep their unit and their style, and the table its columns', () => {
  expect(changed(reference)).toContain(
    '| **Large**  | 1B     | 100M             | ~2740            | Production baseline  |',
  );
  expect(changed(reference)).toContain('| Small  | 1530 MB      | 8 GB              | ~11.1 GB        |');
});

test('a total that is less than its rows is their sum', () => {
  const rows = '| Stage | GPU-h | Cost |\n|-|-|-|\n| SFT | 1,000 | $2k |\n| GRPO | 3,000 | $6k |\n';
  expect(changed(`${rows}| Total | 2,000 | $4k |\n`)).toEqual(['| Total | 4,000 | $8k |']);
  expect(changed(`${rows}| Total | 4,000 | $8k |\n`)).toEqual([]);
});

test('a total follows the rows that were put right', () => {
  const text = `- Sequence length: 2048
- Hardware: A100 80GB

| Scale | Params | Tokens | GPU-h |
|-|-|-|-|
| S | 100M | 2B | 10 |
| L | 1B | 205B | 1,000 |
| Total | | | 1,010 |
`;
  expect(changed(text)).toEqual(['| L | 1B | 205B | 2,740 |', '| Total | | | 2,750 |']);
});

test('a range stays, and so does what the lint knows nothing better for', () => {
  const text = '| Scale | Params | Tokens | GPU-h |\n|-|-|-|-|\n| S | 1M | 1B | 1 |\n| L | 1B | 205B | 800–1,000 |\n';
  expect(changed(`${text}\n- Hardware: A100 80GB\n`)).toEqual([]);
});

test('what follows from a figure that stays, stays as well', () => {
  const text =
    '| Scale | Params | Model Memory | Activation Memory | Total |\n|-|-|-|-|-|\n| S | 1B | 3–4 GB | 2 GB | 6 GB |\n';
  expect(changed(text)).toEqual([]);
  expect(changed(text.replace('3–4', '4'))).toEqual(['| S | 1B | 14.9 GB | 2 GB | 16.9 GB |']);
});

test('YAML plans and those with carriage returns are put right as well', () => {
  const yaml = `scalegate_plan: 1
assumptions: { training: { sequence_length: 2048 }, hardware: { gpu: A100 80GB } }
scales:
  - { name: S, parameters: 10M, samples: 1M, gpu_hours: 10 }
  - { name: L, parameters: 1B, samples: 100M, gpu_hours: 1000, model_memory_gib: 4, memory_gib: 48 }
`;
  expect(changed(yaml, 'plan.yaml')).toEqual([
    '  - { name: L, parameters: 1B, samples: 100M, gpu_hours: 2740, model_memory_gib: 14.9, memory_gib: 58.9 }',
  ]);
  const dos = reference.replaceAll('\n', '\r\n');
  expect(corrected(dos)).toBe(corrected(reference).replaceAll('\n', '\r\n'));
});

test('what is no plan stays as it is', () => {
  expect(changed('# Nothing here\n')).toEqual([]);
});
