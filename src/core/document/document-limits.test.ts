import { describe, expect, test } from 'vitest';
import { parsed, problemsOf } from '../../../test/support/parsed-document.ts';
import { documentLimits } from './document.ts';

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
