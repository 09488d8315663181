import { expect, test } from 'vitest';
import { nearest } from './nearest.ts';

const keys = ['rules', 'plan', 'configs', 'micro_batch_size', 'sharding'];

test.each([
  ['two letters swapped', 'ruels', 'rules'],
  ['a letter too many', 'plann', 'plan'],
  ['another case', 'Sharding', 'sharding'],
  ['a letter missing in a long word', 'micro_bach_size', 'micro_batch_size'],
  ['another word', 'budget', null],
  ['a word that is too long to be a key', 'rules'.repeat(20), null],
])('%s: %s', (_, word, meant) => {
  expect(nearest(word, keys)).toBe(meant);
});
