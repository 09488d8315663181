import { expect, test } from 'vitest';
import { parsed, plain, problemsOf } from '../../../test/support/parsed-document.ts';

test.each([
  ['a: [1, 2\nb: 3\n', 2, 1],
  ['a: "x\n', 2, 1],
  ['a: b: c\n', 1, 4],
  ['a:\n\tb: 1\n', 2, 1],
  ['a: *x\n', 1, 4],
])('broken YAML %j is a problem on line %i, column %i', (text, line, column) => {
  expect(problemsOf('run.yaml', text)).toMatchObject([{ code: 'invalid-yaml', place: { line, column } }]);
});

test('several YAML documents in one file are a problem where the second starts', () => {
  expect(problemsOf('run.yaml', 'a: 1\n---\nb: 2\n')).toMatchObject([
    { code: 'multiple-documents', place: { line: 2 } },
  ]);
});

test('YAML aliases and merge keys carry values over, with the places where they are written', () => {
  const text = 'base: &base\n  x: 1\n  y: 2\nrun:\n  <<: *base\n  y: 3\nagain: *base\n';
  const document = parsed('run.yaml', text);
  expect(plain(document.value)).toMatchObject({ run: { x: 1, y: 3 }, again: { x: 1, y: 2 } });
  expect(document.placeOf(['run', 'x']).line).toBe(2);
  expect(document.placeOf(['run', 'y']).line).toBe(6);
});

test('an anchor that is set again means the newer value from there on', () => {
  const text = '- &a { inner: &b 1 }\n- &b 2\n- *a\n- *b\n';
  expect(plain(parsed('run.yaml', text).value)).toEqual([{ inner: 1 }, 2, { inner: 1 }, 2]);
});

test('a tag of another schema is a problem', () => {
  const text = 'a: !!python/object/apply:os.system ["ls"]\n';
  expect(problemsOf('run.yaml', text)).toMatchObject([{ code: 'unknown-tag', place: { line: 1, column: 4 } }]);
});

test('an include is a map of its own that names the file', () => {
  expect(plain(parsed('run.yaml', 'a: !include other.yaml\n').value)).toEqual({ a: { $include: 'other.yaml' } });
});

test.each([
  ['010', 8],
  ['-017', -15],
  ['1:30', 90],
  ['190:20:30', 685_230],
  ['0', 0],
  ['08', 8],
  ['"010"', '010'],
  ['1:75', '1:75'],
])('%s in a config is what YAML 1.1 makes of it, as PyYAML does', (written, value) => {
  expect(plain(parsed('run.yaml', `micro_batch_size: ${written}\n`).value)).toEqual({ micro_batch_size: value });
});

test("scalegate's own formats are YAML 1.2", () => {
  const { value } = parsed('run.yaml', 'scalegate: 1\na: 010\nb: 1:30\n');
  expect(plain(value)).toMatchObject({ a: 10, b: '1:30' });
});
