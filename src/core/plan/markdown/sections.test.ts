import fc from 'fast-check';
import type { Nodes, Table } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { gfmTable } from 'micromark-extension-gfm-table';
import { expect, test } from 'vitest';
import { readOutline } from './sections.ts';
import { linkIn, placeIn, plainText } from './span.ts';

function tablesOf(text: string): string[][][] {
  const { sections } = readOutline('plan.md', text);
  const tables = sections.flatMap((section) => section.tables);
  return tables.map(({ header, rows }) => [header, ...rows.map(({ cells }) => cells)].map((row) => row.map(plainText)));
}

/** The same, as GitHub's own grammar sees it. */
function tablesOfReference(text: string): string[][][] {
  const root = fromMarkdown(text, { extensions: [gfmTable()], mdastExtensions: [gfmTableFromMarkdown()] });
  const tables: Table[] = [];
  const visit = (node: Nodes): void => {
    if (node.type === 'table') tables.push(node);
    else if ('children' in node) node.children.forEach(visit);
  };
  visit(root);
  return tables.map(({ children: rows }) =>
    rows.map(({ children: cells }) => cells.map((cell) => textOf(cell).trim())),
  );
}

function textOf(node: Nodes): string {
  if ('value' in node) return node.value;
  return 'children' in node ? node.children.map(textOf).join('') : '';
}

test('tables are the ones that GitHub shows, cell by cell', () => {
  const cell = fc.constantFrom(
    '10M',
    '**Tiny**',
    '~80 GB',
    '',
    '`x`',
    'a \\| b',
    '[run](runs/1)',
    '$0.01',
    '—',
    '*a* b',
  );
  const row = fc.tuple(fc.array(cell, { minLength: 1, maxLength: 4 }), fc.boolean()).map(([cells, isFramed]) => {
    const isPlain = !isFramed && cells.length > 1 && cells[0] !== '' && cells.at(-1) !== '';
    return isPlain ? cells.join(' | ') : `| ${cells.join(' | ')} |`;
  });
  const table = fc.integer({ min: 1, max: 4 }).chain((width) => {
    const head = fc.array(fc.constantFrom('Scale', 'Params', 'GPU Hours (A100)'), {
      minLength: width,
      maxLength: width,
    });
    const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
    return fc
      .tuple(head, fc.constantFrom('---', ':-:', '-'), fc.array(row, { maxLength: 4 }))
      .map(([heads, dash, rows]) => [line(heads), line(heads.map(() => dash)), ...rows].join('\n'));
  });
  const other = fc.constantFrom(
    '# Plan',
    'Some words.',
    '```\n| a | b |\n| - | - |\n```',
    '<!-- | a |\n| - | -->',
    '- item',
    '> quoted',
    '---',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(table, other), { maxLength: 6 }), (blocks) => {
      const text = ['Words first.', ...blocks].join('\n\n');
      expect(tablesOf(text)).toEqual(tablesOfReference(text));
    }),
  );
});

test('a table may stand in a quote or below a list item', () => {
  expect(tablesOf('> | a | b |\n> | - | - |\n> | 1 | 2 |')).toEqual([
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ]);
  expect(tablesOf('- item\n\n    | a | b |\n    | - | - |\n    | 1 | 2 |')).toEqual([
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ]);
});

test.each([
  ['fenced code', '```\n| a | b |\n| - | - |\n```'],
  ['indented code', 'Words.\n\n    | a | b |\n    | - | - |'],
  ['a comment', '<!--\n| a | b |\n| - | - |\n-->'],
  ['an open fence', '~~~ text\n| a | b |\n| - | - |'],
])('a table in %s is no table', (_, text) => {
  expect(tablesOf(text)).toEqual([]);
});

test('sections have the headings above them, written with marks or underlined', () => {
  const { title, sections } = readOutline(
    'plan.md',
    'My *plan*\n===\n\n- a\n\n## Data ##\n\n1. **b**\n   goes on\n2. c\n',
  );
  expect(title).toBe('My plan');
  expect(sections.map(({ heading, items }) => [heading, items.map(plainText)])).toEqual([
    ['', []],
    ['My plan', ['a']],
    ['Data', ['b goes on', 'c']],
  ]);
});

test('front matter is no heading', () => {
  expect(readOutline('plan.md', '---\nlayout: page\n---\n\n# Plan\n').title).toBe('Plan');
});

test('a place inside an item that goes on in the next line counts from that line', () => {
  const item = readOutline('plan.md', '# Plan\r\n\r\n- Save often:\r\n  every 10%').sections[1]!.items[0]!;
  expect(placeIn(item, item.source.indexOf('Save'))).toEqual({ path: 'plan.md', line: 3, column: 3 });
  expect(placeIn(item, item.source.indexOf('10%'))).toEqual({ path: 'plan.md', line: 4, column: 9 });
});

const place = { path: 'plan.md', line: 1, column: 1 };

test.each([
  ['**Tiny**', 'Tiny'],
  ['_~$500_', '~$500'],
  ['\\~1000 \\$', '~1000 $'],
  ['`grad_norm`', 'grad_norm'],
  ['[the **run**](https://x.test/1_2)', 'the run'],
  ['10M<br>20M', '10M 20M'],
  ['~80&nbsp;GB[^1]', '~80 GB'],
])('%s reads as %s', (source, text) => {
  expect(plainText({ source, place })).toBe(text);
});

test.each([
  ['[run](https://x.test/1)', 'https://x.test/1'],
  ['see https://x.test/2', 'https://x.test/2'],
  ['[log](runs/tiny.md)', 'runs/tiny.md'],
  ['<https://x.test/3>', 'https://x.test/3'],
  ['[run](javascript:alert(1))', null],
  ['✅', null],
])('the link in %s is %s', (source, link) => {
  expect(linkIn({ source, place })).toBe(link);
});
