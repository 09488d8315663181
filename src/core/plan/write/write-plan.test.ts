import { expect, test } from 'vitest';
import { planOf } from '../../../../test/support/a-markdown-plan.ts';
import type { EstimatedRow } from './estimated-row.ts';
import { writePlan as write } from './write-plan.ts';

const writePlan = (runs: readonly EstimatedRow[], today: string | null) => write({ runs, leftOut: [] }, today);

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
  isFineTuning: false,
  assumptions: [{ field: 'training.precision', value: 'bf16-mixed' }],
  missing: null,
};

test('a plan that is written reads as one, each figure as it was estimated', () => {
  const large = { ...run, path: 'configs/large.yaml', parameters: 1e9, tokens: 20e9, gpuHours: 250, costUsd: 600 };
  const text = writePlan([large, run], '2026-10-03')!;
  expect(text).toContain('Every figure is an estimate that scalegate made from 2 configs on 2026-10-03.');
  expect(text).toContain('| `training.precision` | `bf16-mixed` |');
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
  expect(planOf(text).stages.map(({ name }) => name)).toEqual(['configs/small', 'recipes/small']);
});

test('what would break the table is made harmless', () => {
  const text = writePlan([{ ...run, name: 'a|b](x)`<c 1' }], null)!;
  expect(planOf(text).stages[0]!.name).toBe('a|b](x)`<c 1');
});

test('nothing is written where nothing can be planned', () => {
  const unknown = { parameters: null, tokens: null, gpuHours: null, memoryBytes: null, costUsd: null };
  expect(writePlan([{ ...run, ...unknown }], null)).toBeNull();
});

test('fine-tuning is stages, in the order of the files, and named by the end of the path that no other has', () => {
  const tune = { ...run, isFineTuning: true, gpuHours: null, costUsd: null, missing: 'the GPU is unknown' };
  const text = writePlan(
    [
      { ...tune, path: 'recipes/b/sft/config.yaml', parameters: 7e9 },
      { ...tune, path: 'recipes/a/sft/config.yaml' },
      { ...tune, path: 'recipes/a/dpo/config_full.yaml' },
    ],
    null,
  )!;
  expect(text).toContain('- the GPU is unknown: 3 configs');
  expect(planOf(text).stages.map(({ name, notes }) => [name, notes])).toEqual([
    ['dpo/config_full', 'recipes/a/dpo/config_full.yaml'],
    ['a/sft/config', 'recipes/a/sft/config.yaml'],
    ['b/sft/config', 'recipes/b/sft/config.yaml'],
  ]);
});

test('configs of one folder with the same figures are one row, held to the largest', () => {
  const sweep = [0, 1, 2, 3, 4].map((n) => ({
    ...run,
    path: `sweep/lr-${n}.yaml`,
    memoryBytes: (20 - n / 50) * 2 ** 30,
  }));
  const { stages } = planOf(writePlan(sweep, null)!);
  expect(stages).toMatchObject([
    { name: 'sweep', notes: 'each of 5 configs in sweep/', memoryBytes: { text: '~20.0 GiB' } },
  ]);
});

test('what is in no row is said, and what rows come to is no total', () => {
  const leftOut = [{ path: 'bad_one.yaml', reason: 'it cannot be read.' }];
  const text = write(
    { runs: [run, { ...run, path: 'b.yaml', parameters: 1e9, gpuHours: 7.5, costUsd: 20 }], leftOut },
    null,
  )!;
  expect(text).toContain('- `bad_one.yaml`: it cannot be read.');
  expect(text).toContain('The 2 rows with GPU-hours come to ~10 GPU-h and ~$26.00.');
  expect(planOf(text).total).toBeNull();
});
