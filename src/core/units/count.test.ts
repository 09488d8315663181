import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatCount } from './count.ts';
import { parseQuantity } from './quantity.ts';

test.each([
  [3e9, '3.0B'],
  [1.236e9, '1.24B'],
  [353_272_000, '353M'],
  [354_500_000, '355M'],
  [999_600_000, '1.0B'],
  [99_960_000, '100M'],
  [9_996_000, '10M'],
  [12_500_000, '12.5M'],
  [204.8e9, '205B'],
  [1e12, '1.0T'],
  [2.5e15, '2,500T'],
  [1000, '1.0K'],
  [512, '512'],
  [0, '0'],
])('%d is printed %s', (count, text) => {
  expect(formatCount(count)).toBe(text);
});

test('a printed count reads back within half a percent', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (count) => {
      expect(Math.abs(parseQuantity(formatCount(count))! / count - 1)).toBeLessThan(0.00502);
    }),
  );
});
