import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatUsd, parseUsd } from './money.ts';

test.each([
  [30_000, '$30,000'],
  [500, '$500'],
  [99.999, '$100'],
  [5, '$5.00'],
  [0.3, '$0.30'],
  [0.01, '$0.01'],
  [0.0042, '$0.0042'],
  [0, '$0.00'],
  [-1200, '-$1,200'],
])('%d dollars are printed %s', (usd, text) => {
  expect(formatUsd(usd)).toBe(text);
});

test.each([
  ['~$500', 500],
  ['$0.01', 0.01],
  ['~ $ 2,500', 2500],
  ['$1.5k', 1500],
  ['USD 500', 500],
  ['US$500', 500],
  ['$500 USD', 500],
  ['500 USD', 500],
  ['~10000', 10_000],
])('%s is read as %d dollars', (text, usd) => {
  expect(parseUsd(text)).toBe(usd);
});

test.each(['€500', 'free', '', '$', '-$5', '$5 each'])('%j is not an amount in dollars', (text) => {
  expect(parseUsd(text)).toBeNull();
});

test('a printed amount reads back', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e9 }), (cents) => {
      const usd = cents / 100;
      expect(Math.abs(parseUsd(formatUsd(usd))! - usd)).toBeLessThanOrEqual(0.5);
    }),
  );
});
