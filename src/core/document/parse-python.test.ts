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
    ['a = make(x=1, y=b.c(z=2))', { a: { $call: 'make', x: 1, y: { $call: 'b.c', z: 2 } } }],
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
    ['a = f(b=(lambda x: x,), c=1)', { a: { $call: 'f', b: [{ $unread: 'lambda x: x,), c=1)' }], c: 1 } }],
    ['a = 1\nif b:\n    a = 2\n', { a: { $unread: 'a = 2' } }],
    ['a = b = 1', { a: { $unread: 'a = b = 1' } }],
  ])('%j has a part that is not read, and names it', (text, expected) => {
    expect(valueOf(text)).toEqual(expected);
  });

  test.each([
    'def f():\n    a = 1\n',
    'class A:\n    def f(self):\n        a = 1\n',
    'import a\nf(a=1)\na == 1\na.b = 1\na[0] = 1\n',
    '',
  ])('%j assigns nothing', (text) => {
    expect(valueOf(text)).toEqual({});
  });
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

describe('what a function returns', () => {
  const recipe = `NAME = "8B"

def base() -> Config:
    """A recipe."""
    spec = registry(NAME)
    return Trainer.Config(spec=spec, training=Training(steps=2 * 5))


def larger(size: str = "70B"):
    cfg = base()
    cfg.training.steps = 20
    cfg.model = Bridge.load("a/b").provider(weights=False)
    cfg.model.tp = 8
    cfg.size = size
    if cfg.model.tp > 4:
        cfg.seq = 4096
    return cfg
`;
  const { $functions: functions } = valueOf(recipe) as { $functions: Record<string, unknown> };

  test('is a call with its keywords, in which local names are replaced', () => {
    expect(functions['base']).toEqual({
      $call: 'Trainer.Config',
      spec: { $call: 'registry', $arguments: ['8B'] },
      training: { $call: 'Training', steps: 10 },
    });
  });

  test('is what another function of the file returns, with the attributes that it sets', () => {
    expect(functions['larger']).toMatchObject({
      $call: 'Trainer.Config',
      training: { $call: 'Training', steps: 20 },
      model: { $call: 'provider', $object: { $call: 'Bridge.load', $arguments: ['a/b'] }, weights: false, tp: 8 },
    });
  });

  test('is not known where a parameter or a branch decides', () => {
    const { size, seq } = functions['larger'] as Record<string, unknown>;
    expect(size).toHaveProperty('$unread');
    expect(seq).toHaveProperty('$unread');
  });

  test('keeps the line of each attribute', () => {
    const { document } = parsePython('recipe.py', recipe);
    expect(document?.placeOf(['$functions', 'larger', 'training', 'steps'])).toMatchObject({ line: 11, column: 5 });
    expect(document?.placeOf(['$functions', 'base', 'training', 'steps'])).toMatchObject({ line: 6 });
  });

  test.each([
    ['a branch', 'def f(x):\n    if x:\n        return a(b=1)\n    return a(b=2)\n'],
    ['no return', 'def f():\n    a = 1\n'],
  ])('%s returns nothing that is known', (_, text) => {
    expect(valueOf(text)).toEqual({});
  });

  test('is not what a function within it returns', () => {
    const text = 'def f():\n    def g(x):\n        return B(c=x)\n    return A(b=g)\n';
    expect(valueOf(text)).toMatchObject({ $functions: { f: { $call: 'A' } } });
  });

  test('is left out where it grows without end', () => {
    const lines = Array.from({ length: 3000 }, (_, index) => `    a.b${index} = a\n    c = a\n`).join('');
    const { document } = parsePython('bomb.py', `def f():\n    a = A()\n${lines}    return a\n`);
    expect(JSON.stringify(document!.value).length).toBeLessThan(1000);
  });
});

describe('what a program states', () => {
  test('by the bodies of its classes', () => {
    const text =
      '@dataclass\nclass A(B):\n    "text"\n    n: int = 2 * 3\n    m: int = field(default=4)\n    def f(self):\n        k = 1\n';
    expect(valueOf(text)).toEqual({ $classes: { A: { n: 6, m: 4 } } });
  });

  test('by what it calls, wherever that stands', () => {
    const text = `n = 2
def main():
    a, b = Fast.from_pretrained("x/y", n=n)
    Trainer(args=Args(lr=1e-3)).train()
if __name__ == "__main__":
    parser.add_argument("--lr", default=0.1)
`;
    expect(valueOf(text)).toMatchObject({
      $calls: [
        { $call: 'Fast.from_pretrained', $arguments: ['x/y'], n: 2 },
        { $call: 'Args', lr: 1e-3 },
        { $call: 'Trainer', args: { lr: 1e-3 } },
        { $call: 'parser.add_argument', $arguments: ['--lr'], default: 0.1 },
      ],
    });
  });

  test('keeps the line of each', () => {
    const { document } = parsePython('a.py', 'class A:\n    n = 1\nx = A(\n    n=2)\n');
    expect(document!.placeOf(['$classes', 'A', 'n'])).toMatchObject({ line: 2, column: 5 });
    expect(document!.placeOf(['$calls', 0, 'n'])).toMatchObject({ line: 4, column: 5 });
  });

  test.each([
    ['classes', 'class A:\n    a = 1\n'.repeat(5000)],
    ['calls', 'A(a=1)\n'.repeat(20_000)],
    ['calls of calls', `x = ${'A(a='.repeat(20_000)}`],
    ['a class that never ends', `class A:\n${'    a = [A, A]\n'.repeat(5000)}`],
  ])('many %s are read soon', (_, text) => {
    expect(parsePython('a.py', text).document).not.toBeNull();
  });
});

test('a path that names a recipe leaves out the others', () => {
  const { document } = parsePython('a.py::g', 'def f():\n    return 1\ndef g():\n    return 2\n');
  expect(document).toMatchObject({ path: 'a.py', value: { $functions: { g: 2 } } });
});
