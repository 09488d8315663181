import { expect, test } from 'vitest';
import { fitsProbability } from './fits-probability.ts';

const memory = { peakBytes: 40, lowBytes: 32, highBytes: 60 };

test.each([
  [40, 0.5],
  [60, 0.95],
  [32, 0.05],
  [1, 0],
  [1000, 1],
])('a peak of 40 in a range of 32 to 60 stays within %i with a probability of %f', (usable, probability) => {
  expect(fitsProbability(memory, usable)).toBeCloseTo(probability, 3);
});

test('a range without width decides', () => {
  const exact = { peakBytes: 40, lowBytes: 40, highBytes: 40 };
  expect([fitsProbability(exact, 41), fitsProbability(exact, 39)]).toEqual([1, 0]);
});
