import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const page = readFileSync('docs/github-platform.md', 'utf8');

/** The rows of all tables, as cells. */
const rows = page
  .split('\n')
  .filter((line) => /^\| \d/.test(line))
  .map((line) => line.slice(2, -2).split(' | '));

/** `file` › title */
const reference = /^`([^`]+\.test\.ts)` › (.+)$/;

test('the facts are numbered by section, without gaps', () => {
  const sections = [20, 15, 7, 7, 11, 13, 13, 5, 6];
  const numbers = sections.flatMap((count, section) =>
    Array.from({ length: count }, (_, index) => `${section + 1}.${index + 1}`),
  );
  expect(rows.map(([number]) => number)).toEqual(numbers);
});

describe.each(rows.map((cells) => ({ number: cells[0]!, cells })))(
  'row $number of docs/github-platform.md',
  ({ cells }) => {
    test('has a fact, what is done about it, and tests that exist or the reason why there is none', () => {
      expect(cells).toHaveLength(4);
      const [, , , tests] = cells as [string, string, string, string];
      if (tests.startsWith('none: ')) return;
      for (const named of tests.split('<br>')) {
        const [, file = '', title = ''] = reference.exec(named) ?? [];
        expect(existsSync(file), named).toBe(true);
        expect(titlesIn(readFileSync(file, 'utf8')), file).toContain(title);
      }
    });
  },
);

test('a test that does not exist, is commented out or left out would be noticed', () => {
  const source =
    "test('is there', () => {\n  // test('is not'\n});\ntest.skip('is left out', x);\ntest.each([1])('is too', x);";
  expect(titlesIn(source)).toEqual(['is there', 'is too']);
});

/** Whatever stands between quotes where a test or a group of tests takes its name. */
function titlesIn(source: string): string[] {
  const code = source.replaceAll(/^\s*\/\/.*$/gm, '');
  const named =
    /(?:\b(?:test|describe)(?!\.(?:skip|todo)\b)|\))[.\w]*\(\s*(?:'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)")/g;
  return [...code.matchAll(named)].map(([, ...groups]) => groups.join('').replaceAll(/\\(.)/g, '$1'));
}
