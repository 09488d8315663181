import { execFileSync } from 'node:child_process';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { LocalGitHub } from '../local-github.ts';
import type { Repository } from '../state/repository.ts';

let github: LocalGitHub;
let repository: Repository;

beforeAll(async () => {
  github = await LocalGitHub.start();
  repository = await github.createRepository({ owner: 'acme', name: 'train' });
});

afterAll(() => github.close());

function gitSays(...command: string[]): string {
  return execFileSync('git', ['-C', repository.path, ...command], { encoding: 'utf8' }).trim();
}

test("the merge base of two branches is git's, also after the base was merged into the head", async () => {
  await repository.commit('main', { 'a.yaml': 'a: 1\n' });
  await repository.commit('feature', { 'b.yaml': 'b: 1\n' });
  const laterMain = await repository.commit('main', { 'a.yaml': 'a: 2\n' });
  expect(await repository.git.mergeBase('main', 'feature')).toBe(gitSays('merge-base', 'main', 'feature'));

  const merged = await repository.merge('feature', 'main');
  expect(await repository.git.mergeBase(laterMain, merged)).toBe(laterMain);
  expect(gitSays('ls-tree', '--name-only', merged).split('\n')).toEqual(['a.yaml', 'b.yaml']);
});

test("histories with merges are listed in git's order", async () => {
  for (const branch of ['left', 'right', 'left', 'right', 'right']) await repository.commit(branch, {});
  const before = await repository.tip('right');
  await repository.merge('left', 'right');
  await repository.commit('right', {});
  const tip = await repository.merge('right', 'left');
  const listed = gitSays('rev-list', '--topo-order', tip).split('\n');
  expect(await repository.git.history(tip)).toEqual(listed);
  const between = gitSays('rev-list', '--topo-order', '--reverse', tip, `^${before}`).split('\n');
  expect(await repository.git.commitsBetween(before, tip)).toEqual(between);
});

test('unrelated histories have no merge base', async () => {
  const other = await github.createRepository({ owner: 'acme', name: 'other' });
  await other.commit('main', { 'z.yaml': 'z: 1\n' });
  await repository.git.fetch(other.git, 'main', 'refs/heads/unrelated');
  expect(await repository.git.mergeBase(await repository.tip('unrelated'), await repository.tip('main'))).toBeNull();
});

test('changes name the old path of a rename and count lines', async () => {
  const text = Array.from({ length: 20 }, (_, line) => `key${line}: ${line}\n`).join('');
  const base = await repository.commit('renames', {
    'old/run.yaml': text,
    'gone.yaml': 'x: 1\n',
    'kept.yaml': 'y: 1\n',
  });
  const head = await repository.commit('renames', {
    'old/run.yaml': null,
    'new/run.yaml': `${text}more: 1\n`,
    'gone.yaml': null,
    'kept.yaml': 'y: 2\n',
    'image.bin': new Uint8Array([0, 1, 2]),
  });
  expect(await repository.git.changes(base, head)).toMatchObject([
    { status: 'removed', path: 'gone.yaml', additions: 0, deletions: 1 },
    { status: 'added', path: 'image.bin', additions: 0, deletions: 0 },
    { status: 'modified', path: 'kept.yaml', additions: 1, deletions: 1 },
    { status: 'renamed', path: 'new/run.yaml', previousPath: 'old/run.yaml', additions: 1, deletions: 0 },
  ]);
});

test.each([
  'with space.yaml',
  'quo"te.yaml',
  'back\\slash.yaml',
  'new\nline.yaml',
  'ünï/cödé.yaml',
  '-dash.yaml',
  '__proto__',
])('a file may be called %j', async (path) => {
  const branch = `names-${Buffer.from(path).toString('hex')}`;
  const base = await repository.tip('main');
  const head = await repository.commit(branch, { [path]: 'a: 1\n' });
  const [change] = await repository.git.changes(base, head);
  const entry = (await repository.git.tree(head)).get(path);
  expect(change).toMatchObject({ status: 'added', path, oid: entry?.oid });
  expect((await repository.git.object(entry!.oid))?.content.toString()).toBe('a: 1\n');
});

test('links, submodules and executables have the modes that git gives them', async () => {
  const submodule = '1'.repeat(40);
  const head = await repository.commit('modes', {
    'run.sh': { executable: '#!/bin/sh\n' },
    'link.yaml': { symlink: 'a.yaml' },
    vendored: { submodule },
  });
  const modes = [...(await repository.git.tree(head)).values()].map(({ mode, path, type }) => [path, mode, type]);
  expect(modes).toContainEqual(['run.sh', '100755', 'blob']);
  expect(modes).toContainEqual(['link.yaml', '120000', 'blob']);
  expect(modes).toContainEqual(['vendored', '160000', 'commit']);
});

test('a file that becomes a link is changed, not modified', async () => {
  const base = await repository.commit('types', { 'run.yaml': 'a: 1\n' });
  const head = await repository.commit('types', { 'run.yaml': { symlink: 'a.yaml' } });
  expect(await repository.git.changes(base, head)).toMatchObject([{ status: 'changed', path: 'run.yaml' }]);
});

test('a file can turn into a folder in one commit', async () => {
  await repository.commit('folder', { runs: 'a: 1\n' });
  const head = await repository.commit('folder', { 'runs/large.yaml': 'a: 1\n', runs: null });
  expect((await repository.git.tree(head)).get('runs/large.yaml')?.type).toBe('blob');
});

test('a folder can turn into a file in one commit, and is gone with its last file', async () => {
  await repository.commit('file', { 'runs/deep/large.yaml': 'a: 1\n', 'old/a.yaml': 'a: 1\n', 'run-a': 'a' });
  const head = await repository.commit('file', { runs: 'a: 1\n', 'runs/deep/large.yaml': null, 'old/a.yaml': null });
  const listed = gitSays('ls-tree', '-r', '-t', '--name-only', head).split('\n');
  expect(listed).toEqual(['a.yaml', 'run-a', 'runs']);
});

test('git finds nothing wrong with what was written', async () => {
  const files = { 'b.yaml': '', 'b/c.yaml': null, 'b-a/x.yaml': 'x: 1\n', b0: 'ü', 'c/ü/z.yaml': 'z: 1\n' };
  await repository.commit('checked', { 'b/c.yaml': 'c: 1\n' });
  await repository.commit('checked', files, { message: 'Änderung\n\nund mehr' });
  expect(gitSays('fsck', '--strict', '--no-dangling')).toBe('');
});

test('objects are read in the order that they are asked for, missing ones and large ones among them', async () => {
  const large = 'x'.repeat(3_000_000);
  const head = await repository.commit('objects', { 'large.txt': large, 'small.txt': 'small' });
  const tree = await repository.git.tree(head);
  const oids = [tree.get('small.txt')!.oid, 'f'.repeat(40), tree.get('large.txt')!.oid, 'no id', head];
  const objects = await Promise.all(oids.map((oid) => repository.git.object(oid)));
  expect(objects.map((object) => object?.content.length ?? null)).toMatchObject([
    5,
    null,
    large.length,
    null,
    expect.any(Number),
  ]);
});

test('the same pushes give the same commits in every run', async () => {
  const shas = await Promise.all(
    [1, 2].map(async () => {
      const other = await LocalGitHub.start();
      const train = await other.createRepository({ owner: 'acme', name: 'train' });
      const sha = await train.commit('main', { 'a.yaml': 'a: 1\n' }, { author: 'ada' });
      await other.close();
      return sha;
    }),
  );
  expect(shas[0]).toBe(shas[1]);
});

test('a commit built on another one resets the branch, as a forced push does', async () => {
  const first = await repository.commit('forced', { 'a.yaml': 'a: 10\n' });
  await repository.commit('forced', { 'a.yaml': 'a: 11\n' });
  const forced = await repository.commit('forced', { 'a.yaml': 'a: 12\n' }, { from: first });
  expect(gitSays('rev-parse', 'forced')).toBe(forced);
  expect(gitSays('rev-parse', 'forced^')).toBe(first);
});
