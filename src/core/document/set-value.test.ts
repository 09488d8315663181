import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { KeyPath, Writable } from './document.ts';
import { parseDocument } from './parse-document.ts';
import { setValue } from './set-value.ts';
import { valueAt } from './value-at.ts';

const yaml = `# who: us
training:
  micro_batch_size: 32   # as measured
  log: [loss]
hardware: { gpu: A100 } # a node
`;

describe('one key is set, all else stays', () => {
  test.each<[string, string, KeyPath, Writable, string]>([
    ['a.yaml', yaml, ['training', 'micro_batch_size'], 8, yaml.replace('32', '8')],
    ['a.yaml', yaml, ['training', 'log'], 'none', yaml.replace('[loss]', 'none')],
    ['a.yaml', yaml, ['training', 'x'], true, yaml.replace('[loss]', '[loss]\n  x: true')],
    ['a.yaml', yaml, ['hardware', 'count'], 8, yaml.replace('{ gpu', '{ count: 8, gpu')],
    ['a.yaml', yaml, ['parallelism', 'tensor'], 2, `${yaml}parallelism:\n  tensor: 2\n`],
    ['a.yaml', 'a:\r\n  b: 1\r\n', ['a', 'c'], 'x y', 'a:\r\n  b: 1\r\n  c: x y\r\n'],
    ['a.yaml', '\uFEFFa: 1\n', ['a'], 2, '\uFEFFa: 2\n'],
    ['a.yaml', 'a: 1', ['b'], 'yes', 'a: 1\nb: "yes"'],
    ['a.json', '{\n  "a": {\n    "b": 1\n  }\n}\n', ['a', 'c'], 2, '{\n  "a": {\n    "b": 1,\n    "c": 2\n  }\n}\n'],
    ['a.toml', 'x = 1\n[a]\nb = 1 # one\n\n[c]\n', ['a', 'd'], 'q', 'x = 1\n[a]\nb = 1 # one\nd = "q"\n\n[c]\n'],
    ['a.toml', '[a]\nb.c = 1\n', ['a', 'b', 'c'], 2, '[a]\nb.c = 2\n'],
    ['a.toml', 'x = 1\n', ['a', 'b'], 2, 'x = 1\n\n[a]\nb = 2\n'],
  ])('%s %j', (path, text, keys, value, expected) => {
    expect(setValue(path, text, keys, value)).toBe(expected);
  });

  test.each<[string, string, KeyPath, KeyPath, string]>([
    ['a.yaml', yaml, ['training', 'x'], ['training', 'micro_batch_size'], yaml.replace('measured', 'measured\n  x: 1')],
    ['a.yaml', yaml, ['training', 'x'], ['hardware', 'gpu'], yaml.replace('[loss]', '[loss]\n  x: 1')],
    ['a.yaml', 'a:\n  b: 1\nc: 2\n', ['x'], ['a'], 'a:\n  b: 1\nc: 2\nx: 1\n'],
    ['a.json', '{\n  "a": 1,\n  "b": 2\n}\n', ['x'], ['a'], '{\n  "a": 1,\n  "x": 1,\n  "b": 2\n}\n'],
    ['a.toml', '[a]\nb = 1 # one\nc = 2\n', ['a', 'x'], ['a', 'b'], '[a]\nb = 1 # one\nx = 1\nc = 2\n'],
  ])(
    '%s %j: a new key stands below the one that it goes with, or where it would without',
    (path, text, keys, beside, to) => {
      expect(setValue(path, text, keys, 1, beside)).toBe(to);
    },
  );

  test.each([
    ['an empty value', 'a:\n'],
    ['a value that is no map', 'a: text\n'],
    ['a list', '- a\n'],
  ])('%s gives no place for it', (_, text) => {
    expect(setValue('a.yaml', text, ['a', 'b'], 1)).toBeNull();
  });
});

test.each(['yaml', 'json', 'toml'])(
  'whatever a %s file holds that can be read, setting a key in it never throws',
  (ending) => {
    const pieces = [
      'a',
      'b',
      ': ',
      ':',
      '\n',
      '  ',
      '- ',
      '? ',
      '{',
      '}',
      '[',
      ']',
      ', ',
      '"',
      '1',
      '#',
      '&x ',
      '*x',
      '<<: ',
      '|\n',
      '= ',
      '"a": ',
    ];
    const random = fc.array(fc.constantFrom(...pieces), { maxLength: 14 }).map((parts) => parts.join(''));
    const key = fc.constantFrom('a', 'b');
    const tree = fc.letrec((tie) => ({
      value: fc.oneof({ maxDepth: 3 }, fc.integer(), fc.array(tie('value')), fc.dictionary(key, tie('value'))),
    }));
    const text = ending === 'json' ? tree.value.map((value) => JSON.stringify(value)) : random;
    fc.assert(
      fc.property(
        text,
        fc.array(fc.constantFrom<string | number>('a', 'b', 0), { minLength: 1, maxLength: 3 }),
        (file, keys) => {
          const path = `x.${ending}`;
          fc.pre(parseDocument(path, file).document !== null);
          const changed = setValue(path, file, keys, 1);
          const after = changed === null ? null : parseDocument(path, changed).document;
          if (after !== null) expect([1, undefined]).toContain(valueAt(after.value, keys));
        },
      ),
      { numRuns: 1000 },
    );
  },
);

const leaf = fc.oneof(fc.integer(), fc.boolean(), fc.stringMatching(/^[a-z]{1,8}$/));
const group = fc.dictionary(fc.stringMatching(/^[a-z]{1,3}$/), leaf, { minKeys: 1, maxKeys: 4 });
const tree = fc.dictionary(fc.stringMatching(/^[a-z]{1,3}$/), fc.oneof(leaf, group), { minKeys: 1, maxKeys: 4 });

function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

test.each(['json', 'yaml'])('what was set is what is read, in %s', (ending) => {
  const path = `a.${ending}`;
  fc.assert(
    fc.property(
      tree,
      fc.array(fc.stringMatching(/^[a-z]{1,3}$/), { minLength: 1, maxLength: 2 }),
      leaf,
      (data, keys, value) => {
        const first = Object.hasOwn(data, keys[0]!) ? data[keys[0]!] : undefined;
        fc.pre(keys.length === 1 || first === undefined || typeof first === 'object');
        const text = ending === 'json' ? JSON.stringify(data, null, 2) : yamlOf(data);
        const changed = setValue(path, text, keys, value)!;
        const after = parseDocument(path, changed).document!;
        expect(valueAt(after.value, keys)).toEqual(value);
        expect(setValue(path, changed, keys, value)).toBe(changed);
        const others = Object.keys(data).filter((key) => key !== keys[0]);
        for (const key of others) expect(plain(valueAt(after.value, [key]))).toEqual(data[key]);
      },
    ),
  );
});

function yamlOf(data: object): string {
  return Object.entries(data)
    .map(([key, value]) => {
      const text = (inner: unknown) => JSON.stringify(inner);
      if (typeof value !== 'object') return `${text(key)}: ${text(value)} # note\n`;
      const inner = Object.entries(value as object).map(([name, one]) => `    ${text(name)}: ${text(one)}\n`);
      return `${text(key)}:\n${inner.join('')}\n`;
    })
    .join('');
}

describe('a keyword of a program in Python', () => {
  const program = `args = SFTConfig(
    per_device_train_batch_size=16,  # of one GPU
    bf16=True, optim="adamw_torch",
)
`;
  const set = (key: string, value: Writable, text = program) => setValue('train.py', text, [key], value);

  test.each<[string, Writable, string]>([
    ['per_device_train_batch_size', 4, '    per_device_train_batch_size=4,  # of one GPU\n'],
    ['bf16', false, 'bf16=False,'],
    ['optim', 'adamw_8bit', 'optim="adamw_8bit",\n)'],
    ['gradient_checkpointing', true, 'batch_size=16,\n    gradient_checkpointing=True,  # of'],
  ])('%s is set to %s, and the rest stays', (key, value, written) => {
    expect(set(key, value)).toContain(written);
    expect(set(key, value)?.split('\n').length).toBeLessThanOrEqual(program.split('\n').length + 1);
  });

  test.each<[string, string]>([
    ['bf16', program.replace('bf16=True', 'bf16=args.bf16')],
    ['bf16', `${program}other = SFTConfig(bf16=True)\n`],
    ['bf16', 'print("hello")\n'],
    ['a.b', program],
  ])('%s is left alone where it is no literal, stands there twice or has no place', (key, text) => {
    expect(set(key, 'x', text)).toBeNull();
  });

  test('is no place for what would end its text', () => {
    expect(set('optim', '"); import os #')).toBeNull();
  });
});
