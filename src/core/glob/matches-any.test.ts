import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matchesAny } from './matches-any.ts';

describe('matchesAny', () => {
  test.each([
    { glob: 'configs/**', path: 'configs/a.yaml' },
    { glob: 'configs/**', path: 'configs/deep/er/a.yaml' },
    { glob: '**/*.yaml', path: 'a.yaml' },
    { glob: '**/*.yaml', path: 'x/.hidden/a.yaml' },
    { glob: '**/archive/**', path: 'archive/a.yaml' },
    { glob: '**/archive/**', path: 'x/y/archive/z/a.yaml' },
    { glob: 'a/**/b/**/c', path: 'a/b/x/b/c/b/c' },
    { glob: '*-large.yaml', path: 'run-large.yaml' },
    { glob: 'run-?.yaml', path: 'run-1.yaml' },
    { glob: '{train,tune}/*.{yaml,yml}', path: 'tune/a.yml' },
    { glob: 'run{,-large}.yaml', path: 'run.yaml' },
    { glob: '*a*a*b', path: 'aaaab' },
    { glob: 'run+1.yaml', path: 'run+1.yaml' },
    { glob: 'größe/*', path: 'größe/🦜.yaml' },
  ])('$glob matches $path', ({ glob, path }) => {
    expect(matchesAny([glob], path)).toBe(true);
  });

  test.each([
    { glob: '*.yaml', path: 'configs/a.yaml' },
    { glob: 'configs/*', path: 'configs/x/a.yaml' },
    { glob: 'configs/**', path: 'other/configs/a.yaml' },
    { glob: 'Configs/**', path: 'configs/a.yaml' },
    { glob: 'run-?.yaml', path: 'run-12.yaml' },
    { glob: 'run.yaml', path: 'run-yaml' },
    { glob: '**/a/**', path: 'b/ab/c' },
    { glob: 'configs/**/x.yaml', path: 'configs/y.yaml' },
  ])('$glob does not match $path', ({ glob, path }) => {
    expect(matchesAny([glob], path)).toBe(false);
  });

  test('no globs match nothing', () => {
    expect(matchesAny([], 'a.yaml')).toBe(false);
  });

  const folder = fc.string({ unit: fc.constantFrom('a', 'b', '.'), minLength: 1, maxLength: 4 });
  const path = fc.array(folder, { minLength: 1, maxLength: 5 }).map((folders) => folders.join('/'));

  test('a path matches itself, and every folder above it with **', () => {
    fc.assert(
      fc.property(path, (text) => {
        expect(matchesAny([text], text)).toBe(true);
        expect(matchesAny(['**'], text)).toBe(true);
        expect(matchesAny(['x/**'], `x/${text}`)).toBe(true);
      }),
    );
  });

  test('stars match what a regular expression says they do', () => {
    const part = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), minLength: 1, maxLength: 5 });
    const glob = fc.array(fc.oneof(part, fc.constant('**')), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(glob, path, (parts, text) => {
        expect(matchesAny([parts.join('/')], text)).toBe(asExpression(parts).test(`${text}/`));
      }),
    );
  });

  test('a path made to be slow ends within the time limit of a test', () => {
    const globs = [`**/${'a*'.repeat(20)}b/**/${'*a'.repeat(20)}b`, `${'**/a/'.repeat(20)}b`];
    expect(matchesAny(globs, 'a'.repeat(4000))).toBe(false);
    expect(matchesAny(globs, 'a/'.repeat(2000))).toBe(false);
  });
});

function asExpression(parts: readonly string[]): RegExp {
  const source = parts.map((part) => {
    if (part === '**') return '(?:[^/]+/)*';
    return `${part.replaceAll('*', '[^/]*').replaceAll('?', '[^/]')}/`;
  });
  return new RegExp(`^${source.join('')}$`);
}
