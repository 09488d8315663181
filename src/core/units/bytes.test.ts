import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatGib, gibibyte, parseBytes } from './bytes.ts';

test.each([
  [79.2 * gibibyte, '79.2 GiB'],
  [80 * gibibyte, '80.0 GiB'],
  [1234.5 * gibibyte, '1,234.5 GiB'],
  [40 * 2 ** 20, '0.04 GiB'],
  [0, '0.0 GiB'],
])('%d bytes are printed %s', (bytes, text) => {
  expect(formatGib(bytes)).toBe(text);
});

test.each([
  ['~80 GB', 80 * gibibyte],
  ['80GiB', 80 * gibibyte],
  ['40 MB', 40 * 2 ** 20],
  ['1.5 TiB', 1.5 * 2 ** 40],
  ['1,024 KB', 2 ** 20],
  ['≈ 2 gb', 2 * gibibyte],
  ['512 bytes', 512],
])('%s is read as %d bytes', (text, bytes) => {
  expect(parseBytes(text)).toBe(bytes);
});

test.each(['80', 'GB', '', '80 GX', '-1 GB', '80 GB or so', '1.2.3 GB'])('%j is not an amount of memory', (text) => {
  expect(parseBytes(text)).toBeNull();
});

test('a printed amount reads back', () => {
  fc.assert(
    fc.property(fc.double({ min: 1, max: 100_000, noNaN: true }), (gib) => {
      expect(parseBytes(formatGib(gib * gibibyte))! / gibibyte).toBeCloseTo(gib, 0);
    }),
  );
});

test('arbitrary text never throws', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const bytes = parseBytes(text);
      expect(bytes === null || bytes >= 0).toBe(true);
    }),
  );
});
