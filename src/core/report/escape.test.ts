import fc from 'fast-check';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { toString } from 'mdast-util-to-string';
import { describe, expect, test } from 'vitest';
import { cellCode, cleanLine, htmlText, inlineCode, plainText } from './escape.ts';

const hostile = [
  '@octocat',
  '#123 and owner/repo#1 and GH-7',
  'https://evil.example/x and www.evil.example',
  '<img src=x onerror=alert(1)>',
  '--> <!-- </details>',
  '![pixel](https://evil.example/p.png)',
  '[click](javascript:alert(1))',
  '| a | b |',
  '`` ` code',
  '```\nfence',
  '# heading',
  '- item',
  '1. item',
  '> quote',
  '---',
  '$\\href{https://evil.example}{x}$',
  '*a* _b_ ~c~ ~~d~~',
  '\\',
];

const anything = fc.oneof(
  fc.constantFrom(...hostile),
  fc.string({ unit: 'binary' }),
  fc.array(fc.constantFrom(...hostile)).map((parts) => parts.join(' ')),
);

describe('a clean line', () => {
  test.each([
    ['line breaks', 'a\r\nb\u2028c', 'a b c'],
    ['terminal escapes', '\u001b[31mred\u009b0m', '[31mred0m'],
    ['direction overrides and zero-width characters', 'a\u202eb\u200bc\ufeffd', 'abc d'],
    ['half a character', 'a\ud83d', 'a'],
  ])('has no %s', (_, text, clean) => {
    expect(cleanLine(text)).toBe(clean);
  });

  test('of ten megabytes is cut', () => {
    expect(cleanLine('x'.repeat(10_000_000), 50)).toBe(`${'x'.repeat(49)}…`);
  });

  test('never has control characters, nor more characters than asked for', () => {
    fc.assert(
      fc.property(anything, fc.integer({ min: 2, max: 30 }), (text, max) => {
        const line = cleanLine(text, max);
        expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
        expect(Array.from(line).length).toBeLessThanOrEqual(max);
      }),
    );
  });
});

test.each([
  ['configs/large.yaml', '`configs/large.yaml`'],
  ['a`b', '``a`b``'],
  ['`a', '`` `a ``'],
  ['a|b', '`a│b`'],
  ['', '(blank)'],
])('%j as code is %s', (text, code) => {
  expect(inlineCode(text)).toBe(code);
});

test.each([
  ['micro_batch_size', '`micro_batch_size`'],
  ['activation_checkpointing', '<code>activation_<wbr>checkpointing</code>'],
  ['actor.model.path@octocat/a_b', '<code>actor.<wbr>model.<wbr>path@&#8203;octocat/<wbr>a_<wbr>b</code>'],
])('%j in a table is %s: long ones may break', (text, code) => {
  expect(cellCode(text)).toBe(code);
});

test.each([
  ['training.micro_batch_size is 1.5', 'training.micro_batch_size is 1.5'],
  ['@octocat', '@&#8203;octocat'],
  ['see #12', 'see #&#8203;12'],
  ['<b>', '&lt;b&gt;'],
  ['a|b', 'a&#124;b'],
  ['costs $5', 'costs &#36;5'],
  ['1. item', '1\\. item'],
])('%j as text is %s', (text, markdown) => {
  expect(plainText(text)).toBe(markdown);
});

test('anything as code is one code span with that text', () => {
  fc.assert(
    fc.property(anything, (text) => {
      fc.pre(cleanLine(text) !== '');
      const [paragraph] = fromMarkdown(`x ${inlineCode(text)} y`).children;
      expect(paragraph).toMatchObject({
        children: [
          { value: 'x ' },
          { type: 'inlineCode', value: cleanLine(text).replaceAll('|', '│') },
          { value: ' y' },
        ],
      });
    }),
  );
});

test('anything as text is one paragraph of plain text that reads the same', () => {
  fc.assert(
    fc.property(anything, (text) => {
      fc.pre(cleanLine(text) !== '');
      const [paragraph, ...others] = fromMarkdown(plainText(text)).children;
      expect(others).toEqual([]);
      expect(paragraph).toMatchObject({ type: 'paragraph', children: [{ type: 'text' }] });
      expect(toString(paragraph).replaceAll('\u200b', '')).toBe(cleanLine(text, 600));
    }),
  );
});

test.each(hostile)('%j as text holds nothing that GitHub turns into a reference, a link or math', (text) => {
  const shown = toString(fromMarkdown(plainText(text)));
  expect(shown).not.toMatch(/@\w|#\d|GH-\d|:\/\/|www\./i);
  expect(plainText(text)).not.toMatch(/[$|<>]/);
});

test('text of an HTML element cannot end it', () => {
  expect(htmlText('</code></summary><b title="x">&')).toBe(
    '&lt;/code&gt;&lt;/summary&gt;&lt;b title=&quot;x&quot;&gt;&amp;',
  );
});
