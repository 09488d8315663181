import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Comparison } from '../../scripts/validate/comparison.ts';
import { errorsOf, quantile } from '../../scripts/validate/statistics.ts';
import { aComparison } from './a-comparison.ts';

function comparisons(estimates: Readonly<Record<string, readonly (number | null)[]>>): Comparison[] {
  return Object.entries(estimates).flatMap(([source, values]) =>
    values.map((estimate) => aComparison({ source, measured: 100, estimate, range: [90, 110] })),
  );
}

test('the median error of 10%, 20% and 60% is 20%, its sign apart', () => {
  const { median, bias } = errorsOf(comparisons({ a: [90, 120, 40] }));
  expect(median).toBeCloseTo(0.2);
  expect(bias).toBeCloseTo(-0.1);
});

test('between two errors in the middle stands their mean', () => {
  expect(errorsOf(comparisons({ a: [110, 130] })).median).toBeCloseTo(0.2);
});

test('a source with many runs counts no more than one with a single run, where sources count alike', () => {
  const many = comparisons({ large: [110, 110, 110, 110, 110], small: [150], other: [150] });
  expect(errorsOf(many, 'by case').median).toBeCloseTo(0.1);
  expect(errorsOf(many, 'by source').median).toBeCloseTo(0.5);
});

test('runs without an estimate are counted apart, and have no error', () => {
  const { cases, unknown, median } = errorsOf(comparisons({ a: [110, null] }));
  expect([cases, unknown]).toEqual([1, 1]);
  expect(median).toBeCloseTo(0.1);
});

test('the share inside the range weighs as the errors do', () => {
  const inside = aComparison({ source: 'a', measured: 100, range: [90, 110] });
  const outside = aComparison({ source: 'b', measured: 120, range: [90, 110] });
  expect(errorsOf([inside, inside, inside, outside], 'by case').inRange).toBeCloseTo(0.75);
  expect(errorsOf([inside, inside, inside, outside], 'by source').inRange).toBeCloseTo(0.5);
  expect(errorsOf([inside, aComparison({ range: null })]).inRange).toBeNull();
});

test('a quantile is one of the values or lies between two, and grows with its share', () => {
  const values = fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(values, (sample) => {
      const weights = sample.map(() => 1);
      const [low, middle, high] = [0.1, 0.5, 0.9].map((share) => quantile(sample, weights, share));
      expect(low).toBeGreaterThanOrEqual(Math.min(...sample));
      expect(high).toBeLessThanOrEqual(Math.max(...sample));
      expect(low).toBeLessThanOrEqual(middle!);
      expect(middle).toBeLessThanOrEqual(high!);
    }),
  );
});
