import { describe, expect, test } from 'vitest';
import { repositoryName, withGitHub } from '../../../test/support/with-github.ts';
import { createContents } from './contents.ts';

const github = withGitHub();

/** A content that is not read, for a reason that says so. */
function unreadable(reason: string): unknown {
  return { unreadable: expect.stringContaining(reason) as unknown };
}

function manyFiles(count: number): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`configs/${index}.yaml`, `n: ${index}\n`]));
}

describe('files at a commit', () => {
  test('are read as they were at that commit', async () => {
    const repository = await github.repository({ 'a.yaml': 'old\n', 'ü/b c.yaml': 'b\n' });
    const old = await repository.tip('main');
    await repository.commit('main', { 'a.yaml': 'new\n' });
    const contents = createContents(github.client(), [repositoryName]);
    const paths = ['a.yaml', 'ü/b c.yaml', 'missing.yaml'];
    expect(Object.fromEntries(await contents.at(old).read(paths))).toEqual({
      'a.yaml': { text: 'old\n' },
      'ü/b c.yaml': { text: 'b\n' },
    });
    expect((await contents.at('refs/heads/main').read(['a.yaml'])).get('a.yaml')).toEqual({ text: 'new\n' });
  });

  test('come with a reason when they cannot be read', async () => {
    const repository = await github.repository({
      'link.yaml': { symlink: 'other.yaml' },
      'module.yaml': { submodule: '1'.repeat(40) },
      'lfs.yaml': 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n',
      'binary.yaml': new Uint8Array([97, 0, 98]),
      'large.yaml': 'x'.repeat(500_001),
      'folder.yaml/file.yaml': '',
      'script.yaml': { executable: 'run: 1\n' },
    });
    const workspace = createContents(github.client(), [repositoryName]).at(await repository.tip('main'));
    const paths = ['link.yaml', 'module.yaml', 'lfs.yaml', 'binary.yaml', 'large.yaml', 'folder.yaml', 'script.yaml'];
    expect(Object.fromEntries(await workspace.read(paths))).toEqual({
      'link.yaml': unreadable('symbolic link'),
      'module.yaml': unreadable('submodule'),
      'lfs.yaml': unreadable('Git LFS'),
      'binary.yaml': unreadable('binary'),
      'large.yaml': unreadable('500001 bytes'),
      'folder.yaml': unreadable('folder'),
      'script.yaml': { text: 'run: 1\n' },
    });
  });

  test('of two commits travel in one request, a hundred files at a time, and never twice', async () => {
    const repository = await github.repository(manyFiles(120));
    const base = await repository.tip('main');
    const head = await repository.commit('feature', { 'configs/0.yaml': 'n: changed\n' });
    const contents = createContents(github.client(), [repositoryName]);
    const paths = Object.keys(manyFiles(120));
    await Promise.all([contents.at(base).read(['configs/0.yaml']), contents.at(head).read(['configs/0.yaml'])]);
    expect(github.asked()).toEqual(['POST /graphql']);
    const all = await contents.at(base).read(paths);
    expect(all.get('configs/119.yaml')).toEqual({ text: 'n: 119\n' });
    expect(github.asked()).toHaveLength(3);
    await contents.at(base).read(paths);
    expect(github.asked()).toHaveLength(3);
  });

  test('arrive in smaller batches when GitHub cannot answer a large one in time', async () => {
    const repository = await github.repository(manyFiles(40));
    github.local.failNext({ path: '/graphql', answer: 502, times: 2 });
    const workspace = createContents(github.client(), [repositoryName]).at(await repository.tip('main'));
    const files = await workspace.read(Object.keys(manyFiles(40)));
    expect(files.size).toBe(40);
    expect(files.get('configs/39.yaml')).toEqual({ text: 'n: 39\n' });
  });

  test('come from the fork when only the fork has the commit', async () => {
    const repository = await github.repository();
    const fork = await repository.fork('mallory');
    const head = await fork.commit('feature', { 'a.yaml': 'fork\n' });
    const contents = createContents(github.client(), [repositoryName, { owner: 'mallory', repo: 'training' }]);
    expect((await contents.at(head).read(['a.yaml'])).get('a.yaml')).toEqual({ text: 'fork\n' });
  });

  test('of a branch never come from the fork', async () => {
    const repository = await github.repository();
    const fork = await repository.fork('mallory');
    await fork.commit('release', { '.github/scalegate.yml': 'lax: true\n' });
    const contents = createContents(github.client(), [repositoryName, { owner: 'mallory', repo: 'training' }]);
    await expect(contents.at('refs/heads/release').read(['.github/scalegate.yml'])).rejects.toThrow(
      'refs/heads/release',
    );
  });
});

describe('the list of files', () => {
  const trees = { path: '/repos/{owner}/{repo}/git/trees/{tree_sha}' } as const;

  test('names every file of the commit, and no folders', async () => {
    const repository = await github.repository({ 'a.yaml': '', 'deep/b.yaml': '' });
    const workspace = createContents(github.client(), [repositoryName]).at(await repository.tip('main'));
    expect((await workspace.list()).toSorted()).toEqual(['a.yaml', 'deep/b.yaml']);
  });

  test('is read folder by folder where GitHub lists a part of it, as beyond 100,000 files', async () => {
    const files = ['a.yaml', 'one/b.yaml', 'one/deep/c.yaml', 'one/deep/d.yaml', 'two/e.yaml'];
    const repository = await github.repository(Object.fromEntries(files.map((path) => [path, ''])));
    github.local.failNext({ ...trees, answer: { treeEntryLimit: 3 }, times: 100 });
    const workspace = createContents(github.client(), [repositoryName]).at(await repository.tip('main'));
    expect((await workspace.list()).toSorted()).toEqual(files);
  });

  test('is refused when GitHub shows a part of a single folder', async () => {
    const repository = await github.repository(manyFiles(5));
    github.local.failNext({ ...trees, answer: { treeEntryLimit: 3 }, times: 100 });
    const workspace = createContents(github.client(), [repositoryName]).at(await repository.tip('main'));
    await expect(workspace.list()).rejects.toThrow("can't be listed in full");
  });
});
