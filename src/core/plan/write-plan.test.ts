import { expect, test } from 'vitest';
import { planOf } from '../../../test/support/a-markdown-plan.ts';
import { writePlan, type EstimatedRow } from './write-plan.ts';

const run: EstimatedRow = {
  path: 'configs/small.yaml',
  name: null,
  parameters: 100e6,
  tokens: 2e9,
  gpu: 'H100-SXM5-80GB',
  gpuCount: 8,
  gpuHours: 2.5,
  memoryBytes: 20 * 2 ** 30,
  costUsd: 6,
  assumptions: ['training.precision: bf16-mixed'],
};

test('a plan that is written reads as one, each figure as it was estimated', () => {
  const large = { ...run, path: 'configs/large.yaml', parameters: 1e9, tokens: 20e9, gpuHours: 250, costUsd: 600 };
  const text = writePlan([large, run], '2026-10-03')!;
  expect(text).toContain('Every figure is an estimate that scalegate made from 2 configs on 2026-10-03.');
  expect(text).toContain('- training.precision: bf16-mixed');
  const { scales } = planOf(text);
  expect(scales).toMatchObject([
    {
      name: 'small',
      parameters: { value: 100e6 },
      tokens: { value: 2e9 },
      gpuHours: { value: 2.5 },
      costUsd: { value: 6 },
      validation: null,
    },
    { name: 'large', gpuCount: { value: 8 }, memoryBytes: { value: 20 * 2 ** 30 }, notes: 'configs/large.yaml' },
  ]);
});

test('runs of one size are runs, and files of one name are told by their paths', () => {
  const text = writePlan([run, { ...run, path: 'recipes/small.yaml' }], null)!;
  expect(planOf(text).stages.map(({ name }) => name)).toEqual(['configs/small.yaml', 'recipes/small.yaml']);
});

test('what would break the table is made harmless', () => {
  const text = writePlan([{ ...run, name: 'a|b](x)`<c' }], null)!;
  expect(planOf(text).stages[0]!.name).toBe('a b (x) c');
});

test('nothing is written where nothing can be planned', () => {
  const unknown = { parameters: null, tokens: null, gpuHours: null, memoryBytes: null, costUsd: null };
  expect(writePlan([{ ...run, ...unknown }], null)).toBeNull();
});
