import { expect, test } from 'vitest';
import { drawBar } from './bar.ts';

test.each([
  [0, '░░░░░░░░░░'],
  [0.29, '███░░░░░░░'],
  [0.999, '█████████░'],
  [1, '██████████'],
  [3.2, '██████████'],
])('%d of the limit is drawn %s', (share, bar) => {
  expect(drawBar(share)).toBe(bar);
});
