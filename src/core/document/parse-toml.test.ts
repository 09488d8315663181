import { expect, test } from 'vitest';
import { problemsOf } from '../../../test/support/parsed-document.ts';

test.each([
  ['a =\nb = 1\n', 2, 1],
  ['a = 1\na = 2\n', 2, 1],
  ['a = 01\n', 1, 5],
  ['[a\nb = 1\n', 2, 1],
])('broken TOML %j is a problem on line %i, column %i', (text, line, column) => {
  expect(problemsOf('run.toml', text)).toMatchObject([{ code: 'invalid-toml', place: { line, column } }]);
});
