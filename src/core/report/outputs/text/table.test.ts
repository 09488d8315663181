import { expect, test } from 'vitest';
import { alignColumns, renderTable, shortenMiddle, wrap } from './table.ts';

test('columns start where the widest cell allows, also behind wide characters', () => {
  expect(
    renderTable(
      ['Scale', 'GPU-hours'],
      [
        ['XL', '3,000'],
        ['大規模モデル', '5'],
      ],
    ),
  ).toBe(['Scale         GPU-hours', 'XL            3,000', '大規模モデル  5'].join('\n'));
});

test('numbers can end where the widest ends', () => {
  expect(
    alignColumns(
      [
        ['a', '1,000'],
        ['b', '5'],
      ],
      [1],
    ),
  ).toEqual([
    ['a', '1,000'],
    ['b', '    5'],
  ]);
});

test('a cell cannot break the table', () => {
  expect(renderTable(['A'], [['x\ny\u001b[2J']])).toBe('A\nx y[2J');
});

test('a path keeps its beginning and its file name', () => {
  expect(shortenMiddle('experiments/very/deep/large.yaml', 16)).toBe('expe…/large.yaml');
  expect(shortenMiddle('configs/large.yaml', 30)).toBe('configs/large.yaml');
});

test('text wraps at spaces and keeps long words whole', () => {
  expect(wrap('one two https://example.com/long three', 9)).toEqual(['one two', 'https://example.com/long', 'three']);
});
