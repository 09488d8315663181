import { expect, test } from 'vitest';
import { formatShare, parseShare } from './share.ts';

test.each([
  [1.094, '109%'],
  [3.282, '328%'],
  [0.1, '10%'],
  [0.025, '2.5%'],
  [0, '0%'],
  [12.5, '1,250%'],
])('a share of %d is printed %s', (share, text) => {
  expect(formatShare(share)).toBe(text);
});

test.each([
  ['10%', 0.1],
  ['~10 %', 0.1],
  ['2.5 percent', 0.025],
])('%s is read as %d', (text, share) => {
  expect(parseShare(text)).toBe(share);
});

test.each(['10', '%', '', 'ten percent', '-5%'])('%j is not a share', (text) => {
  expect(parseShare(text)).toBeNull();
});
