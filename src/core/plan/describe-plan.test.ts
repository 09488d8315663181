import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { describePlan } from './describe-plan.ts';
import { readPlan } from './read-plan.ts';

const text = readFileSync('examples/model-scaling-estimates.md', 'utf8');
const { plan } = readPlan('plan.md', text);

const a100 = {
  name: 'A100-80GB',
  memoryBytes: 80 * 2 ** 30,
  usableMemoryBytes: null,
  peakFlopsPerSecond: { fp32: 19.5e12, bf16: 312e12, fp16: 312e12, fp8: null },
  memoryBandwidthBytesPerSecond: null,
};

test('each scale is a row with what follows from its figures', () => {
  const { columns, rows } = describePlan(plan!, a100);
  const cell = (row: number, column: string) => rows[row]![columns.indexOf(column)];
  expect(rows.map(([name]) => name)).toEqual(['Tiny', 'Small', 'Medium', 'Large', 'XL']);
  expect(rows.every((row) => row.length === columns.length)).toBe(true);
  expect([cell(3, 'Parameters'), cell(3, 'Tokens'), cell(3, 'GPU-hours')]).toEqual(['1.0B', '205B', '1,000']);
  expect([cell(4, 'Share of peak'), cell(4, '$/GPU-h'), cell(4, 'Memory per GPU')]).toEqual([
    '328%',
    '$10.00',
    '80.0 GiB',
  ]);
  expect([cell(0, 'Cost'), cell(0, 'Validated')]).toEqual(['—', 'no']);
});

test('without a GPU the share of peak is not shown', () => {
  const { columns, rows } = describePlan(plan!, null);
  expect(columns).not.toContain('Share of peak');
  expect(rows).toHaveLength(5);
});

test('assumptions and advice are listed with where they stand', () => {
  const { facts } = describePlan(plan!, a100);
  expect(facts).toContain('assumed: training.sequence_length = 2048 (plan.md:27:20)');
  expect(facts).toContain('grow by ×2 at most: "Double" (plan.md:63:25)');
  expect(facts).toContain('log loss, grad_norm, memory');
});
