import { describe, expect, test } from 'vitest';
import { explainGlob, isConfigPath } from './globs.ts';

describe('isConfigPath', () => {
  test.each(['train.yaml', 'configs/a.yml', 'a/b/c.json', 'run.toml', '.hidden/train.yaml', 'distance/run.yaml'])(
    '%s may be a config',
    (path) => {
      expect(isConfigPath(path)).toBe(true);
    },
  );

  test.each([
    'train.c',
    'setup.py',
    'package/__init__.py',
    'readme.md',
    '.github/workflows/ci.yml',
    'package.json',
    'web/package-lock.json',
    'a/node_modules/x/config.json',
    'dist/config.json',
    'model/tokenizer.json',
    'pyproject.toml',
  ])('%s is none', (path) => {
    expect(isConfigPath(path)).toBe(false);
  });

  test('a policy that lists configs is taken at its word', () => {
    const policy = { configs: ['dist/**', '**/train.yaml'], ignore: ['old/**'] };
    expect(isConfigPath('dist/run.json', policy)).toBe(true);
    expect(isConfigPath('new/train.yaml', policy)).toBe(true);
    expect(isConfigPath('new/other.yaml', policy)).toBe(false);
    expect(isConfigPath('old/train.yaml', policy)).toBe(false);
    expect(isConfigPath('dist/readme.md', policy)).toBe(false);
  });
});

test.each(['configs/**', '**/*.{yaml,yml}', 'a b/c-d_e.yaml', '.github/train.yml'])('%s is a good glob', (glob) => {
  expect(explainGlob(glob)).toBeNull();
});

test.each([
  '',
  'x'.repeat(201),
  '/configs/**',
  './configs',
  'configs/',
  'a//b',
  'a/../b',
  '!a',
  '[ab].yaml',
  '@(a|b)',
  'a\\b',
  '{a',
  'a}',
  '{a,{b,c}}',
  '{a,b,c,d,e,f,g,h,i}{a,b,c,d,e,f,g,h,i}',
])('"%s" is a bad glob', (glob) => {
  expect(explainGlob(glob)).not.toBeNull();
});
