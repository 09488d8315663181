import { expect, test } from 'vitest';
import { formatOdds, normalTail } from './odds.ts';

test.each([
  [0.01, 'about 1 in 20'],
  [0.06, 'about 1 in 20'],
  [0.1, 'about 1 in 10'],
  [0.24, 'about 1 in 4'],
  [0.5, 'about 1 in 2'],
  [0.66, 'about 2 in 3'],
  [0.75, 'about 3 in 4'],
  [0.95, 'about 9 in 10'],
])('%d is %s', (probability, words) => {
  expect(formatOdds(probability)).toBe(words);
});

test.each([
  [0, 0.5],
  [1.645, 0.05],
  [-1.645, 0.95],
  [1, 0.1587],
])('beyond %d deviations there is %d', (deviations, share) => {
  expect(normalTail(deviations)).toBeCloseTo(share, 3);
});
