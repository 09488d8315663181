import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parsed, plain, problemsOf } from '../../../test/support/parsed-document.ts';
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

test('a file of another kind is a problem', () => {
  expect(problemsOf('train.txt', 'a: 1')).toMatchObject([{ code: 'unknown-syntax' }]);
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

function textAt(text: string, { line, column }: { line: number; column: number }): string {
  return text.split('\n')[line - 1]!.slice(column - 1);
}
