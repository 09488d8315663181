// The estimator is held to steps that PyTorch itself counted: a bound for each class of runs.
import { describe, expect, test } from 'vitest';
import { compareWithReference, referenceClasses } from '../../scripts/validate/reference-rows.ts';
import { errorsOf } from '../../scripts/validate/statistics.ts';

/** Median and 90th percentile of the relative error that no class may exceed, those not looked at among its rows. */
const bounds: Readonly<Record<string, { readonly median: number; readonly p90: number }>> = {
  ddp: { median: 0.005, p90: 0.02 },
  fsdp1: { median: 0.015, p90: 0.1 },
  'full-fsdp2': { median: 0.02, p90: 0.06 },
  'full-zero1': { median: 0.006, p90: 0.03 },
  'full-zero2': { median: 0.012, p90: 0.02 },
  'full-zero3': { median: 0.01, p90: 0.1 },
  'lora-deepspeed': { median: 0.01, p90: 0.065 },
  'full-one-gpu': { median: 0.005, p90: 0.025 },
  'lora-fsdp2': { median: 0.005, p90: 0.03 },
  'lora-one-gpu': { median: 0.005, p90: 0.01 },
  'qlora-one-gpu': { median: 0.005, p90: 0.02 },
};

const classes = referenceClasses();

test('every class has a bound, and every bound a class', () => {
  expect(classes.map(({ name }) => name).toSorted()).toEqual(Object.keys(bounds).toSorted());
});

describe.each(classes)('$name', ({ name, rows }) => {
  const comparisons = rows.map((row) => compareWithReference(row, name));

  test('the estimate is within the bound of the class', () => {
    const { median, p90, unknown } = errorsOf(comparisons);
    expect(unknown).toBe(0);
    expect(median).toBeLessThan(bounds[name]!.median);
    expect(p90).toBeLessThan(bounds[name]!.p90);
  });

  test('the config describes the model that was run, to the last parameter', () => {
    const counted = comparisons.map(({ id, estimated }) => [id, estimated.run.parameters?.total]);
    expect(counted).toEqual(rows.map(({ id, parameters }) => [id, parameters]));
  });

  test('the parts of a phase add up to it, but for the rounding of each', () => {
    for (const { phases } of rows) {
      for (const { allocated_gib: allocated, parts_gib: parts } of Object.values(phases)) {
        const sum = Object.values(parts).reduce((total, part) => total + part, 0);
        expect(Math.abs(sum - allocated)).toBeLessThan(0.001);
      }
    }
  });
});
