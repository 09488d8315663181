import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Problem } from '../problem.ts';
import { documentLimits } from './document.ts';
import { parseDocument, parseStrictDocument } from './parse-document.ts';

const same = {
  'run.yaml': 'model:\n  hidden_size: 2048\n  moe: { every: 2 }\ntraining:\n  log: [loss, memory]\n',
  'run.json':
    '{\n  "model": { "hidden_size": 2048, "moe": { "every": 2 } },\n  "training": { "log": ["loss", "memory"] }\n}\n',
  'run.toml': 'model.hidden_size = 2048\n[model.moe]\nevery = 2\n[training]\nlog = ["loss", "memory"]\n',
};

describe.each(Object.entries(same))('%s', (path, text) => {
  test('is read as plain data', () => {
    expect(plain(parsed(path, text).value)).toEqual({
      model: { hidden_size: 2048, moe: { every: 2 } },
      training: { log: ['loss', 'memory'] },
    });
  });

  test('tells where each key and list item stands', () => {
    const document = parsed(path, text);
    const at = (...keys: (string | number)[]) => textAt(text, document.placeOf(keys)).replaceAll('"', '');
    expect(at('model', 'hidden_size')).toMatch(/^hidden_size/);
    expect(at('model', 'moe', 'every')).toMatch(/^every/);
    expect(at('training', 'log', 1)).toMatch(/^memory/);
  });

  test('places a key that is missing at the nearest one around it', () => {
    const document = parsed(path, text);
    expect(document.placeOf(['model', 'moe', 'nothing', 'at', 'all'])).toEqual(document.placeOf(['model', 'moe']));
    expect(document.placeOf(['nothing'])).toEqual({ path, line: 1, column: 1 });
  });
});

test.each([
  ['a: [1, 2\nb: 3\n', 2, 1],
  ['a: "x\n', 2, 1],
  ['a: b: c\n', 1, 4],
  ['a:\n\tb: 1\n', 2, 1],
  ['a: *x\n', 1, 4],
])('broken YAML %j is a problem on line %i, column %i', (text, line, column) => {
  expect(problemsOf('run.yaml', text)).toMatchObject([{ code: 'invalid-yaml', place: { line, column } }]);
});

test.each([
  ['{"a": 1,, "b": 2}', 1, 9],
  ['{\n"a": 1', 2, 7],
  ["{'a': 1}", 1, 2],
  ['{"a": True}', 1, 7],
  ['', 1, 1],
])('broken JSON %j is a problem on line %i, column %i', (text, line, column) => {
  expect(problemsOf('run.json', text)).toMatchObject([{ code: 'invalid-json', place: { line, column } }]);
});

test.each([
  ['a =\nb = 1\n', 2, 1],
  ['a = 1\na = 2\n', 2, 1],
  ['a = 01\n', 1, 5],
  ['[a\nb = 1\n', 2, 1],
])('broken TOML %j is a problem on line %i, column %i', (text, line, column) => {
  expect(problemsOf('run.toml', text)).toMatchObject([{ code: 'invalid-toml', place: { line, column } }]);
});

test('a parse error says what was found and what was expected', () => {
  expect(problemsOf('run.json', '{"a" 1}')).toMatchObject([
    { message: 'Found "1}".', hint: 'Expected a colon after the key.' },
  ]);
});

test.each([
  ['run.yaml', 'a: 1\nb: 2\na: 3\n'],
  ['run.json', '{"a": 1,\n"b": 2,\n"a": 3}'],
])('of a key that stands twice in %s the last counts, and the second is listed apart', (path, text) => {
  const { document, problems, leniencies } = parseDocument(path, text);
  expect(document?.value).toEqual({ a: 3, b: 2 });
  expect(problems).toEqual([]);
  expect(leniencies).toMatchObject([
    { code: 'duplicate-key', place: { line: 3, column: 1 }, message: '"a" is already set on line 1.' },
  ]);
  expect(parseStrictDocument(path, text)).toMatchObject({ document: null, problems: [{ code: 'duplicate-key' }] });
});

test('several YAML documents in one file are a problem where the second starts', () => {
  expect(problemsOf('run.yaml', 'a: 1\n---\nb: 2\n')).toMatchObject([
    { code: 'multiple-documents', place: { line: 2 } },
  ]);
});

test('comments and trailing commas in JSON are read, and listed apart', () => {
  const { document, problems, leniencies } = parseDocument('run.json', '{ // size\n  "a": [1, 2,],\n}\n');
  expect(plain(document!.value)).toEqual({ a: [1, 2] });
  expect(problems).toEqual([]);
  expect(leniencies.map(({ code, place }) => [code, place.line, place.column])).toEqual([
    ['json-comment', 1, 3],
    ['json-trailing-comma', 2, 13],
    ['json-trailing-comma', 2, 15],
  ]);
});

test('YAML aliases and merge keys carry values over, with the places where they are written', () => {
  const text = 'base: &base\n  x: 1\n  y: 2\nrun:\n  <<: *base\n  y: 3\nagain: *base\n';
  const document = parsed('run.yaml', text);
  expect(plain(document.value)).toMatchObject({ run: { x: 1, y: 3 }, again: { x: 1, y: 2 } });
  expect(document.placeOf(['run', 'x']).line).toBe(2);
  expect(document.placeOf(['run', 'y']).line).toBe(6);
});

test('an anchor that is set again means the newer value from there on', () => {
  const text = '- &a { inner: &b 1 }\n- &b 2\n- *a\n- *b\n';
  expect(plain(parsed('run.yaml', text).value)).toEqual([{ inner: 1 }, 2, { inner: 1 }, 2]);
});

test('a tag of another schema is a problem', () => {
  const text = 'a: !!python/object/apply:os.system ["ls"]\n';
  expect(problemsOf('run.yaml', text)).toMatchObject([{ code: 'unknown-tag', place: { line: 1, column: 4 } }]);
});

test('an include is a map of its own that names the file', () => {
  expect(plain(parsed('run.yaml', 'a: !include other.yaml\n').value)).toEqual({ a: { $include: 'other.yaml' } });
});

test('dates stay text', () => {
  expect(plain(parsed('run.toml', 'a = 1979-05-27T07:32:00Z\n').value)).toEqual({ a: '1979-05-27T07:32:00Z' });
  expect(plain(parsed('run.yaml', '%YAML 1.1\n---\na: 1979-05-27\n').value)).toEqual({ a: '1979-05-27' });
});

test.each(['run.yaml', 'run.json', 'run.toml'])('%s: __proto__ and constructor are keys like any other', (path) => {
  const texts: Record<string, string> = {
    'run.yaml': '__proto__: { x: 1 }\nconstructor: 2\n',
    'run.json': '{ "__proto__": { "x": 1 }, "constructor": 2 }',
    'run.toml': 'constructor = 2\n[__proto__]\nx = 1\n',
  };
  const value = parsed(path, texts[path]!).value as Record<string, unknown>;
  expect(Object.getPrototypeOf(value)).toBeNull();
  expect(Object.keys(value).sort()).toEqual(['__proto__', 'constructor']);
  expect(({} as Record<string, unknown>)['x']).toBeUndefined();
});

test('a byte order mark and Windows line ends do not move places', () => {
  expect(parsed('run.yaml', '\uFEFFa: 1\r\nb: 2\r\n').placeOf(['b'])).toEqual({ path: 'run.yaml', line: 2, column: 1 });
});

test('a file of another kind is a problem', () => {
  expect(problemsOf('train.txt', 'a: 1')).toMatchObject([{ code: 'unknown-syntax' }]);
});

describe('limits', () => {
  const levels = 10_000;
  test.each([
    ['run.yaml', `a: ${'['.repeat(levels)}${']'.repeat(levels)}`],
    ['run.yaml', `${'- '.repeat(levels)}1`],
    ['run.yaml', `${'? '.repeat(levels)}1`],
    ['run.yaml', Array.from({ length: 1_000 }, (_, level) => `${' '.repeat(level)}a:`).join('\n')],
    ['run.json', `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`],
    ['run.toml', `a = ${'['.repeat(levels)}${']'.repeat(levels)}`],
    ['run.toml', `a = ${'{b = '.repeat(levels)}1${'}'.repeat(levels)}`],
    ['run.toml', `a${'.b'.repeat(levels)} = 1`],
  ])('%s: values nested thousands of levels deep are a problem', (path, text) => {
    expect(problemsOf(path, text)).toMatchObject([{ code: 'too-deep', place: { path } }]);
  });

  test('nesting up to the limit is read', () => {
    const deep = `${'['.repeat(documentLimits.maxDepth - 1)}1${']'.repeat(documentLimits.maxDepth - 1)}`;
    for (const path of ['run.yaml', 'run.json']) expect(problemsOf(path, deep)).toEqual([]);
    expect(problemsOf('run.json', `[[${deep}]]`)).toMatchObject([{ code: 'too-deep' }]);
  });

  test('aliases that expand a billionfold are a problem, in no time', () => {
    const lines = Array.from({ length: 40 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]`);
    const problems = problemsOf('run.yaml', ['a0: &a0 [x, x]', ...lines].join('\n'));
    expect(problems).toMatchObject([{ code: 'too-many-values' }]);
  });

  test('more aliases than the limit are a problem', () => {
    expect(problemsOf('run.yaml', `- &a 1\n${'- *a\n'.repeat(documentLimits.maxAliases)}`)).toEqual([]);
    expect(problemsOf('run.yaml', `- &a 1\n${'- *a\n'.repeat(documentLimits.maxAliases + 1)}`)).toMatchObject([
      { code: 'too-many-aliases' },
    ]);
  });

  test('a list that contains itself is a problem', () => {
    expect(problemsOf('run.yaml', 'a: &a [*a]')).toMatchObject([{ code: 'invalid-yaml' }]);
  });

  test.each(['run.yaml', 'run.json', 'run.toml'])('%s: a file over a megabyte is not parsed', (path) => {
    expect(problemsOf(path, ' '.repeat(documentLimits.maxCharacters + 1))).toMatchObject([{ code: 'too-large' }]);
  });

  test.each([
    ['run.yaml', Array.from({ length: 40_000 }, (_, i) => `k${i}: 1`).join('\n')],
    ['run.json', `{${Array.from({ length: 40_000 }, (_, i) => `"k${i}": 1`).join(',')}}`],
    ['run.toml', Array.from({ length: 40_000 }, (_, i) => `k${i} = 1`).join('\n')],
  ])('%s: forty thousand keys take seconds, not minutes', { timeout: 12_000 }, (path, text) => {
    const { value } = parsed(path, text);
    expect(Object.keys(value as object)).toHaveLength(40_000);
  });

  test('a TOML text too long for the parser is a problem', () => {
    expect(problemsOf('run.toml', `a = "${'x'.repeat(900_000)}"`)).toMatchObject([{ code: 'invalid-toml' }]);
  });
});

describe('whatever the text, reading ends with a document or with problems', () => {
  const pieces = [
    'a',
    ': ',
    '\n',
    '  ',
    '- ',
    '[',
    ']',
    '{',
    '}',
    ',',
    '"',
    "'",
    '&a ',
    '*a',
    '!!x ',
    '|\n',
    '<<: ',
    '? ',
    '#',
    '=',
    '.',
    '1',
    '\\',
    '"""',
    '---\n',
    '/*',
    '\t',
    '\0',
    '\ud800',
  ];
  const texts = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((parts) => parts.join('')),
  );

  test.each(['run.yaml', 'run.json', 'run.toml'])('%s', (path) => {
    fc.assert(
      fc.property(texts, (text) => {
        const { document, problems } = parseDocument(path, text);
        expect(document === null).toBe(problems.length > 0);
        for (const { place } of problems) expect(place.line).toBeLessThanOrEqual(text.split('\n').length);
      }),
      { numRuns: 500 },
    );
  });
});

test('YAML, JSON and TOML agree with what was written', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.stringMatching(/^[a-z_]{1,8}$/), fc.oneof(fc.integer(), fc.boolean())), (written) => {
      const json = JSON.stringify(written);
      const toml = Object.entries(written).map(([key, value]) => `"${key}" = ${value}\n`);
      expect(plain(parsed('run.json', json).value)).toEqual(written);
      expect(plain(parsed('run.yaml', json).value)).toEqual(written);
      expect(plain(parsed('run.toml', toml.join('')).value)).toEqual(written);
    }),
  );
});

function parsed(path: string, text: string) {
  const { document, problems } = parseDocument(path, text);
  expect(problems).toEqual([]);
  return document!;
}

function problemsOf(path: string, text: string): readonly Problem[] {
  const { document, problems } = parseDocument(path, text);
  expect(document === null).toBe(problems.length > 0);
  return problems;
}

function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

function textAt(text: string, { line, column }: { line: number; column: number }): string {
  return text.split('\n')[line - 1]!.slice(column - 1);
}

test.each([
  ['010', 8],
  ['-017', -15],
  ['1:30', 90],
  ['190:20:30', 685_230],
  ['0', 0],
  ['08', 8],
  ['"010"', '010'],
  ['1:75', '1:75'],
])('%s in a config is what YAML 1.1 makes of it, as PyYAML does', (written, value) => {
  expect(plain(parsed('run.yaml', `micro_batch_size: ${written}\n`).value)).toEqual({ micro_batch_size: value });
});

test("scalegate's own formats are YAML 1.2", () => {
  const { value } = parsed('run.yaml', 'scalegate: 1\na: 010\nb: 1:30\n');
  expect(plain(value)).toMatchObject({ a: 10, b: '1:30' });
});
