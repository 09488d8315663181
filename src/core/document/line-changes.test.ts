import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lineChanges } from './line-changes.ts';

test('a changed, an added and a removed line are told apart, with their lines in the text before', () => {
  expect(lineChanges('a\nb\nc\nd', 'a\nB\nc\nc2\nd')).toEqual([
    { line: 2, before: 'b', after: 'B' },
    { line: 3, before: null, after: 'c2' },
  ]);
  expect(lineChanges('a\nb\nc', 'a\nc')).toEqual([{ line: 2, before: 'b', after: null }]);
  expect(lineChanges('a', 'x\na')).toEqual([{ line: 0, before: null, after: 'x' }]);
  expect(lineChanges('a\n', 'a\n')).toEqual([]);
});

test('applied to the text before, the changes make the text after', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 12 }).map((lines) => lines.join('\n'));
  fc.assert(
    fc.property(text, text, (before, after) => {
      const changes = lineChanges(before, after);
      const lines = before.split('\n').map((line) => [line]);
      const top: string[] = [];
      for (const change of changes) {
        const slot = change.line === 0 ? top : lines[change.line - 1]!;
        if (change.before !== null) expect(slot[0]).toBe(change.before);
        if (change.before !== null) slot.shift();
        if (change.after === null) continue;
        if (change.before === null) slot.push(change.after);
        else slot.unshift(change.after);
      }
      expect([...top, ...lines.flat()].join('\n')).toBe(after);
    }),
  );
});
