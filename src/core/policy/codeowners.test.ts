import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ownersOf } from './codeowners.ts';

/** Users who own a path under one line of the file. */
function owns(pattern: string, path: string): boolean {
  return ownersOf(`${pattern} @ann`, [path])[0]!.users.length > 0;
}

describe('patterns, as GitHub documents them', () => {
  test.each([
    ['*', 'a/b/c.yaml', true],
    ['*.yaml', 'a/b/c.yaml', true],
    ['*.yaml', 'a.yml', false],
    ['/build/logs/', 'build/logs/a/b.txt', true],
    ['/build/logs/', 'x/build/logs/a.txt', false],
    ['docs/*', 'docs/getting-started.md', true],
    ['docs/*', 'docs/build-app/troubleshooting.md', false],
    ['docs/*', 'x/docs/a.md', false],
    ['apps/', 'apps/a.yaml', true],
    ['apps/', 'deep/apps/x/a.yaml', true],
    ['/docs/', 'docs/a/b.md', true],
    ['/docs/', 'x/docs/a.md', false],
    ['/scripts/', 'scripts', false],
    ['**/logs', 'deeply/nested/logs/a.txt', true],
    ['**/logs', 'logs/a.txt', true],
    ['/configs', 'configs/a.yaml', true],
    ['configs/**/large.yaml', 'configs/large.yaml', true],
    ['configs/**/large.yaml', 'configs/x/y/large.yaml', true],
    ['configs/run-?.yaml', 'configs/run-1.yaml', true],
    ['configs/run-?.yaml', 'configs/run-/.yaml', false],
    ['a\\ b/', 'a b/c.yaml', true],
    ['/a\\*b.yaml', 'a*b.yaml', true],
    ['/a\\*b.yaml', 'axb.yaml', false],
    ['Configs/', 'configs/a.yaml', false],
    ['!configs/', 'configs/a.yaml', false],
    ['configs/[ab].yaml', 'configs/a.yaml', false],
    ['{a,b}.yaml', 'a.yaml', false],
    ['/', 'a.yaml', false],
    ['\\#a', '#a', false],
  ])('%s owns %s: %s', (pattern, path, expected) => {
    expect(owns(pattern, path)).toBe(expected);
  });
});

describe('of the patterns that match', () => {
  const path = 'configs/large.yaml';
  const usersOf = (text: string) => ownersOf(text, [path])[0]!.users;

  test('the last one says who owns a path', () => {
    expect(usersOf('*.yaml @ann\nconfigs/ @bob @kim')).toEqual(['bob', 'kim']);
    expect(usersOf('configs/ @bob\n*.yaml @ann')).toEqual(['ann']);
  });

  test('one without owners leaves the path to nobody', () => {
    expect(usersOf('* @ann\nconfigs/')).toEqual([]);
    expect(usersOf('* @ann\nconfigs/ # @bob')).toEqual([]);
  });

  test('one that GitHub can not read is skipped', () => {
    expect(usersOf('* @ann\nconfigs/ bob')).toEqual(['ann']);
    expect(usersOf('* @ann\n!configs/ @bob\r\n# configs/ @bob')).toEqual(['ann']);
  });
});

test('owners are users, teams and addresses; paths of the same owners stand together', () => {
  const text = '* @ann @acme/ml ann@acme.example # all\nother/ @ANN @acme/ml ann@acme.example\nb.yaml @bob';
  expect(ownersOf(text, ['a.yaml', 'other/a.yaml', 'b.yaml', 'a.yaml'])).toEqual([
    { paths: ['a.yaml', 'other/a.yaml'], users: ['ann'], teams: ['acme/ml'], emails: ['ann@acme.example'] },
    { paths: ['b.yaml'], users: ['bob'], teams: [], emails: [] },
  ]);
});

test.each([
  ['does not exist', null],
  ['is too large for GitHub', `* @ann\n${'#'.repeat(3_000_000)}`],
])('nobody owns anything where the file %s', (_, text) => {
  expect(ownersOf(text, ['a.yaml'])).toEqual([{ paths: ['a.yaml'], users: [], teams: [], emails: [] }]);
});

test('whatever stands in the file, every path has its group', () => {
  const word = fc.constantFrom(
    '*',
    '**',
    '/',
    '\\',
    '\\ ',
    'a',
    '.yaml',
    ' @ann',
    ' @acme/ml',
    ' a@b',
    '#',
    '\n',
    '?',
    '[',
  );
  fc.assert(
    fc.property(fc.array(word), fc.array(fc.string()), (words, paths) => {
      const groups = ownersOf(words.join(''), paths);
      expect(groups.flatMap((group) => group.paths).toSorted()).toEqual([...new Set(paths)].toSorted());
    }),
  );
});
