import fc from 'fast-check';
import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { describe, expect, test } from 'vitest';
import { parseCommands } from './command.ts';

const approve = '/scalegate approve K7Q2M9XA';
const approval = [{ kind: 'approve', code: 'K7Q2M9XA' }];

describe('a command is a line of its own', () => {
  test.each([
    [approve, approval],
    ['/scalegate approve k7q2m9xa', approval],
    ['/Scalegate  Approve\tK7Q2m9xa  ', approval],
    [`Looks good.\r\n${approve}\r\nThanks!`, approval],
    ['/scalegate approve `K7Q2M9XA`', approval],
    ['/scalegate approve', [{ kind: 'approve', code: null }]],
    ['/scalegate unapprove', [{ kind: 'unapprove' }]],
    ['/scalegate explain\n\n/scalegate recheck', [{ kind: 'explain' }, { kind: 'recheck' }]],
    ['/scalegate help', [{ kind: 'help' }]],
    ['/scalegate', [{ kind: 'help' }]],
    ['/scalegate aprove K7Q2M9XA', [{ kind: 'help' }]],
    ['/scalegate unapprove @ann', [{ kind: 'help' }]],
    ['/scalegate approve K7Q2M9XA please', [{ kind: 'help' }]],
    ['', []],
    [`Please comment ${approve}`, []],
    [`${approve}.`, [{ kind: 'approve', code: 'K7Q2M9XA.' }]],
    ['/scalegated approve K7Q2M9XA', []],
    ['//scalegate approve K7Q2M9XA', []],
  ])('%j', (body, commands) => {
    expect(parseCommands(body)).toEqual(commands);
  });
});

describe('nobody says what stands', () => {
  test.each([
    ['in a fence', `\`\`\`\n${approve}\n\`\`\``],
    ['in a longer fence', `\`\`\`\`\n\`\`\`\n${approve}\n\`\`\`\``],
    ['in a fence of the other kind', `~~~\n\`\`\`\n${approve}\n~~~`],
    ['in a fence that is not closed', `\`\`\`sh\n${approve}`],
    ['in a fence after a line that only looks like its end', `\`\`\`\n    \`\`\`\n${approve}\n\`\`\``],
    ['in a fence of a list', `- item\n  \`\`\`\n  ${approve}\n  \`\`\``],
    ['in a quote', `> ${approve}`],
    ['in a quote that goes on', `> as you said:\n${approve}`],
    ['in a quote in a list', `- > as you said:\n${approve}`],
    ['in indented code', `    ${approve}`],
    ['after a tab', `\t${approve}`],
    ['in an HTML comment', `<!-- ${approve} -->`],
    ['in an HTML comment of several lines', `a <!--\n${approve}\n--> b`],
    ['in an HTML comment that is not closed', `<!--\n\n${approve}`],
    ['in preformatted text', `<pre>\n\n${approve}\n</pre>`],
    ['in a code span of several lines', `\`see\n${approve}\nthere\``],
  ])('%s', (_, body) => {
    expect(parseCommands(body)).toEqual([]);
  });

  test('in a comment of more than GitHub takes', () => {
    expect(parseCommands(`${approve}\n${'x'.repeat(70_000)}`)).toEqual([]);
  });
});

test('what comes after code, quotes and HTML comments counts again', () => {
  for (const before of [
    '```\ncode\n```\n',
    '> quote\n\n',
    '<!-- note -->\n',
    '`code` and `more`\n',
    '<pre>x</pre>\n\n',
  ]) {
    expect(parseCommands(before + approve), before).toEqual(approval);
  }
});

const piece = fc.constantFrom(
  ...[
    approve,
    '> ',
    '```',
    '````',
    '~~~',
    '`',
    '``',
    '<!--',
    '-->',
    '<pre>',
    '</pre>',
    '    ',
    '\t',
    '- ',
    '1. ',
    '\n',
  ],
  ...['\n\n', 'word', '\n', '# ', '\\', '<b>', '<?', '?>', '***', ' '],
);
const markdown = fc.array(piece, { maxLength: 24 }).map((pieces) => pieces.join(''));

/** Text that is the author's own: not in a quote, in code or in HTML. */
function ownText(node: Nodes): string {
  if (node.type === 'blockquote' || node.type === 'inlineCode' || node.type === 'code') return '';
  if (node.type === 'text') return node.value;
  if (node.type === 'break') return '\n';
  return 'children' in node ? node.children.map((child) => ownText(child)).join('') : '';
}

test('whatever is taken for an approval, a reader of the Markdown sees as text', () => {
  fc.assert(
    fc.property(markdown, (body) => {
      const approvals = parseCommands(body).filter(({ kind }) => kind === 'approve');
      if (approvals.length > 0) expect(ownText(fromMarkdown(body))).toContain('/scalegate approve');
    }),
    { numRuns: 3000 },
  );
});

test('whatever is written, there are at most five commands', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => parseCommands(`${text}${approve}`).length <= 5));
  expect(parseCommands(`${approve}\n\n`.repeat(1000))).toHaveLength(5);
});

test('a long comment is read in no time', () => {
  for (const hostile of ['`\n', '> ', '<!--', '```\n', '- ', '/scalegate ', '`'.repeat(3) + 'x ', ' ', '\t', '1. ']) {
    parseCommands('/scalegate\n' + hostile.repeat(65_000 / hostile.length));
  }
}, 5000);
