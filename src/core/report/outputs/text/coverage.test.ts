import { expect, test } from 'vitest';
import { renderCoverage, type Coverage } from './coverage.ts';

const of = (dialect: string | null, known: Coverage['known'], count = 1): Coverage[] =>
  Array.from({ length: count }, () => ({ dialect, known }));

test('configs of one dialect that are all known need no table', () => {
  expect(renderCoverage(of('scalegate', 'all', 5), 0)).toBe('5 configs estimated.');
});

test('several dialects, and what is known in part, are a table', () => {
  const configs = [
    ...of('verl', 'part', 12),
    ...of('axolotl', 'all', 3),
    ...of('axolotl', 'nothing'),
    ...of(null, 'nothing'),
  ];
  expect(renderCoverage(configs, 1).split('\n')).toEqual([
    'Dialect    Estimated  Partly known  Unreadable',
    '(unknown)          0             0           1',
    'axolotl            3             0           1',
    'verl               0            12           0',
    '',
    '3 configs estimated, 12 in part, 2 could not be read. 1 other file is no training config.',
  ]);
});
