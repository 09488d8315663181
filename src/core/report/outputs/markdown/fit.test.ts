import fc from 'fast-check';
import { expect, test } from 'vitest';
import { block, fit, type Section } from './fit.ts';
import { utf8Length } from './utf8-length.ts';

const inCharacters = (size: number) => ({ size, measure: (text: string) => text.length });

function list(rank: number, items: readonly string[]): Section {
  return {
    rank,
    opening: '<',
    items: items.map((item) => () => item),
    closing: (left) => (left === 0 ? '>' : `+${left}>`),
  };
}

test('with room for all, sections stand in their order', () => {
  expect(fit([list(2, ['a', 'b']), block(0, '!'), list(1, ['c'])], inCharacters(100))).toBe('<ab>!<c>');
});

test('short of room, the section of the highest rank gives up items and counts them', () => {
  expect(fit([list(2, ['aaa', 'bbb']), list(1, ['ccc'])], inCharacters(13))).toBe('<aaa+1><ccc>');
});

test('a section without room for one item goes whole', () => {
  expect(fit([list(2, ['aaa', 'bbb']), list(1, ['ccc'])], inCharacters(8))).toBe('<ccc>');
});

test('what ranks 0 stays, whatever the budget', () => {
  expect(fit([list(1, ['a']), block(0, 'verdict')], inCharacters(0))).toBe('verdict');
});

test('no budget is ever exceeded', () => {
  const sections = fc.array(fc.tuple(fc.integer({ min: 1, max: 5 }), fc.array(fc.string({ unit: 'binary' }))));
  fc.assert(
    fc.property(sections, fc.nat(200), (parts, size) => {
      const text = fit(
        parts.map(([rank, items]) => list(rank, items)),
        { size, measure: utf8Length },
      );
      expect(new TextEncoder().encode(text).length).toBeLessThanOrEqual(size);
    }),
  );
});
