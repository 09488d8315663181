import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parsePython } from './parse-python.ts';

function valueOf(text: string): unknown {
  const { document, problems } = parsePython('config.py', text);
  expect(problems).toEqual([]);
  return JSON.parse(JSON.stringify(document!.value));
}

describe('assignments are read without running them', () => {
  test.each([
    ['a = 1\nb = 2.5e-4\nc = 1_000\nd = -3\ne = 0x10', { a: 1, b: 2.5e-4, c: 1000, d: -3, e: 16 }],
    ["a = 'x'\nb = \"y\" 'z'\nc = '''p\nq'''\nd = r'w'", { a: 'x', b: 'yz', c: 'p\nq', d: 'w' }],
    ['a = True\nb = False\nc = None', { a: true, b: false, c: null }],
    ['a = 5 * 8\nb = 2**10 // 3\nc = (1 + 2) * a', { a: 40, b: 341, c: 120 }],
    ['a = [1, 2,]\nb = (1,)\nc = 1, 2\nd = ()', { a: [1, 2], b: [1], c: [1, 2], d: [] }],
    ["a = {'x': 1, 'y': [2]}\nb = dict(x=1, y=dict(z=2))", { a: { x: 1, y: [2] }, b: { x: 1, y: { z: 2 } } }],
    ['a = Config(x=1, y=b.C(z=2))', { a: { $call: 'Config', x: 1, y: { $call: 'b.C', z: 2 } } }],
    ['a = int(5 / 2)', { a: 2 }],
    ['a = 2\na *= 8\nb: int = a', { a: 16, b: 16 }],
    ['a = torch.float16', { a: { $name: 'torch.float16' } }],
    ['a = \\\n  1 # one\nb = (\n  2\n)', { a: 1, b: 2 }],
  ])('%j', (text, expected) => {
    expect(valueOf(text)).toEqual(expected);
  });

  test.each([
    ['a = 1 if b else 2', { a: { $unread: '1 if b else 2' } }],
    ["a = f'{b}'\nc = 1", { a: { $unread: "f'{b}'" }, c: 1 }],
    ['a = [x for x in y]\nb = 1', { a: [{ $unread: 'x for x in y]' }], b: 1 }],
    ['a = 1 / 0', { a: { $unread: '1 / 0' } }],
    ['a = 1\nif b:\n    a = 2\n', { a: { $unread: 'a = 2' } }],
    ['a = b = 1', { a: { $unread: 'a = b = 1' } }],
  ])('%j has a part that is not read, and names it', (text, expected) => {
    expect(valueOf(text)).toEqual(expected);
  });

  test.each(['def f():\n    a = 1\n', 'class A:\n    a = 1\n', 'import a\nf(a=1)\na == 1\na.b = 1\na[0] = 1\n', ''])(
    '%j assigns nothing',
    (text) => {
      expect(valueOf(text)).toEqual({});
    },
  );
});

test('every value has its place', () => {
  const { document } = parsePython('config.py', 'a = 1\n\nb = dict(\n    c=dict(\n        d=2))\n');
  expect(document!.placeOf(['a'])).toEqual({ path: 'config.py', line: 1, column: 1 });
  expect(document!.placeOf(['b', 'c', 'd'])).toEqual({ path: 'config.py', line: 5, column: 9 });
});

describe('whatever the text, it is read, soon, and within the limits', () => {
  const pieces = fc.constantFrom(
    ...[
      'a = ',
      'b = ',
      'dict(',
      'a',
      'x=',
      '1',
      '**',
      '-',
      '*',
      '/',
      '(',
      ')',
      '[',
      ']',
      '{',
      '}',
      ':',
      ',',
      '\n',
      '    ',
    ],
    ...["'", '"', '"""', "'''", 'f"', '\\', '#', 'if a:\n', 'def f():\n', 'lambda', '.', '9e999', '__proto__ = ', '\0'],
  );
  const texts = fc
    .array(fc.oneof(pieces, fc.string({ maxLength: 8 })), { maxLength: 200 })
    .map((parts) => parts.join(''));

  test('any bytes', () => {
    fc.assert(
      fc.property(fc.oneof(texts, fc.string(), fc.string({ unit: 'binary' })), (text) => {
        expect(parsePython('a.py', text).document).not.toBeNull();
      }),
      { numRuns: 2_000 },
    );
  });

  test.each([
    ['nested brackets', 'a = ' + '['.repeat(200_000)],
    ['nested calls', 'a = ' + 'f('.repeat(100_000) + ')'.repeat(100_000)],
    ['signs', 'a = ' + '-'.repeat(200_000) + '1'],
    ['a list that doubles', 'a = [1, 2]\n' + 'a = [a, a]\n'.repeat(10_000)],
    [
      'many lists',
      'a = [' + '1, '.repeat(20_000) + ']\n' + Array.from({ length: 5_000 }, (_, n) => `a${n} = a\n`).join(''),
    ],
    ['a text that doubles', "a = 'xxxxxxxx'\n" + 'a = a + a\n'.repeat(10_000)],
    ['a power of powers', 'a = ' + '9 ** '.repeat(10_000) + '9'],
    ['unclosed quotes', '"\\'.repeat(200_000)],
    ['quotes', "'".repeat(300_001)],
    ['many names', Array.from({ length: 100_000 }, (_, n) => `a${n} = 1\n`).join('')],
  ])('%s', (_, text) => {
    expect(parsePython('a.py', text).document).not.toBeNull();
  });
});
