import { expect, test } from 'vitest';
import { formatFlops, formatFlopsPerSecond } from './flops.ts';

test('work is printed with three digits and an exponent', () => {
  expect(formatFlops(6 * 1e9 * 100e6 * 2048)).toBe('1.23e21 FLOPs');
});

test.each([
  [312e12, '312 TFLOP/s'],
  [19.5e12, '19.5 TFLOP/s'],
  [989.4e12, '989.4 TFLOP/s'],
])('a rate of %d is printed %s', (rate, text) => {
  expect(formatFlopsPerSecond(rate)).toBe(text);
});
