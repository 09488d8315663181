import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatGpuHours, parseHours } from './duration.ts';

test.each([
  [3000, '3,000 GPU-h'],
  [3276.8, '3,277 GPU-h'],
  [12.5, '12.5 GPU-h'],
  [10, '10 GPU-h'],
  [0.421, '0.42 GPU-h'],
  [0.0042, '0.0042 GPU-h'],
  [0, '0 GPU-h'],
  [1_240_000, '1.24M GPU-h'],
  [999_900, '1.0M GPU-h'],
])('%d device-hours are printed %s', (gpuHours, text) => {
  expect(formatGpuHours(gpuHours)).toBe(text);
});

test.each([
  ['~1000', 1000],
  ['1,000 h', 1000],
  ['10k GPU-h', 10_000],
  ['500 GPU hours', 500],
  ['~5000 hours', 5000],
  ['12.5hrs', 12.5],
])('%s is read as %d hours', (text, hours) => {
  expect(parseHours(text)).toBe(hours);
});

test.each(['', 'hours', '3 days', '-5 h', '10 h each'])('%j is not a number of hours', (text) => {
  expect(parseHours(text)).toBeNull();
});

test('printed device-hours read back within half a percent from one hour up', () => {
  fc.assert(
    fc.property(fc.double({ min: 1, max: 1e9, noNaN: true }), (gpuHours) => {
      expect(Math.abs(parseHours(formatGpuHours(gpuHours))! / gpuHours - 1)).toBeLessThan(0.0051);
    }),
  );
});
