import { expect, test } from 'vitest';
import { aPair } from '../../../test/support/a-pair.ts';
import { large, medium, xl } from '../../../test/support/an-estimated-run.ts';
import { anEvaluation, aProblem } from '../../../test/support/an-evaluation.ts';
import { formatGpuHours } from '../units/duration.ts';
import { gibibyte } from '../units/bytes.ts';
import { exactly, fullestRun, totalChange, totalsOf } from './totals.ts';

const two = anEvaluation({ pairs: [aPair('a.yaml', large, xl), aPair('b.yaml', medium, medium)] });

test('memory is the highest of all configs, hours and cost are sums', () => {
  expect(totalsOf(two, 'head')).toEqual({
    configs: 2,
    maxMemoryBytes: { known: 77.9 * gibibyte, unknownConfigs: 0 },
    gpuHours: { known: 3550, unknownConfigs: 0 },
    costUsd: { known: 35_500, unknownConfigs: 0 },
  });
  expect(totalChange(two, 'gpuHours', formatGpuHours)).toBe('1,510 → 3,550 GPU-h');
});

test('a figure that one config leaves unknown has no exact total', () => {
  const evaluation = anEvaluation({ pairs: [...two.pairs, aPair('c.yaml', null, { ...large, gpuHours: null })] });
  expect(exactly(totalsOf(evaluation, 'head').gpuHours)).toBeNull();
  expect(exactly(totalsOf(evaluation, 'head').maxMemoryBytes)).toBe(77.9 * gibibyte);
  expect(totalChange(evaluation, 'gpuHours', formatGpuHours)).toBe('1,510 → at least 3,550 GPU-h');
});

test('a config that cannot be read makes every total unknown', () => {
  const evaluation = anEvaluation({ pairs: [...two.pairs, aPair('c.yaml', large, null, { problems: [aProblem()] })] });
  const { maxMemoryBytes, gpuHours, costUsd } = totalsOf(evaluation, 'head');
  expect([maxMemoryBytes, gpuHours, costUsd].map(exactly)).toEqual([null, null, null]);
});

test('a deleted config counts no more', () => {
  const evaluation = anEvaluation({ pairs: [aPair('a.yaml', large, null)] });
  expect(totalsOf(evaluation, 'head')).toMatchObject({ configs: 0, maxMemoryBytes: null, gpuHours: { known: 0 } });
});

test('the fullest run is the one nearest to its own limit', () => {
  expect(fullestRun(two)?.run.path).toBe('a.yaml');
  expect(fullestRun(anEvaluation())).toBeNull();
});
