import { expect, test } from 'vitest';
import { plain, problemsOf } from '../../../test/support/parsed-document.ts';
import { parseDocument } from './parse-document.ts';

test.each([
  ['{"a": 1,, "b": 2}', 1, 9],
  ['{\n"a": 1', 2, 7],
  ["{'a': 1}", 1, 2],
  ['{"a": True}', 1, 7],
  ['', 1, 1],
])('broken JSON %j is a problem on line %i, column %i', (text, line, column) => {
  expect(problemsOf('run.json', text)).toMatchObject([{ code: 'invalid-json', place: { line, column } }]);
});

test('a parse error says what was found and what was expected', () => {
  expect(problemsOf('run.json', '{"a" 1}')).toMatchObject([
    { message: 'Found "1}".', hint: 'Expected a colon after the key.' },
  ]);
});

test('comments and trailing commas in JSON are read, and listed apart', () => {
  const { document, problems, leniencies } = parseDocument('run.json', '{ // size\n  "a": [1, 2,],\n}\n');
  expect(plain(document!.value)).toEqual({ a: [1, 2] });
  expect(problems).toEqual([]);
  expect(leniencies.map(({ code, place }) => [code, place.line, place.column])).toEqual([
    ['json-comment', 1, 3],
    ['json-trailing-comma', 2, 13],
    ['json-trailing-comma', 2, 15],
  ]);
});
