import { mkdtemp, rm, symlink, writeFile, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { changedFiles } from './changed-files.ts';
import { commitWorkspace, findRepository, mergeBase, resolveCommit } from './git-commit.ts';
import { git } from './git.ts';
import { workingTree } from './working-tree.ts';

let root: string;

/** A content that is not read, for a reason that says so. */
function unreadable(reason: string): unknown {
  return { unreadable: expect.stringContaining(reason) as unknown };
}

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'scalegate-git-'));
  await git(root, ['init', '--quiet', '--initial-branch=main']);
});

afterEach(() => rm(root, { recursive: true }));

async function write(files: Record<string, string>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(root, path, '..'), { recursive: true });
    await writeFile(join(root, path), text);
  }
}

async function commit(files: Record<string, string> = {}): Promise<string> {
  await write(files);
  await git(root, ['add', '--all']);
  const identity = ['-c', 'user.name=Tester', '-c', 'user.email=tester@example.com'];
  await git(root, [...identity, 'commit', '--quiet', '--allow-empty', '--message=Change']);
  return resolveCommit(root, 'HEAD');
}

describe('a commit', () => {
  test('has the files of that commit, whatever happened since', async () => {
    const old = await commit({ 'a b.yaml': 'one: 1\n' });
    await commit({ 'a b.yaml': 'one: 2\n', 'new.yaml': '' });
    const workspace = commitWorkspace(root, old);
    expect(await workspace.list()).toEqual(['a b.yaml']);
    expect(await workspace.read(['a b.yaml', 'new.yaml'])).toEqual(new Map([['a b.yaml', { text: 'one: 1\n' }]]));
  });

  test('keeps paths with newlines, tabs and non-ASCII letters as they are', async () => {
    const paths = ['tab\tand\nnewline.yaml', 'größe.yaml'];
    const workspace = commitWorkspace(root, await commit(Object.fromEntries(paths.map((path) => [path, path]))));
    expect((await workspace.list()).toSorted()).toEqual(paths.toSorted());
    expect(await workspace.read(paths)).toEqual(new Map(paths.map((path) => [path, { text: path }])));
  });

  test('gives the reason for what cannot be read', async () => {
    await write({
      'lfs.yaml': 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n',
      'binary.yaml': 'a\0b',
      'large.yaml': 'x'.repeat(500_001),
    });
    await symlink('lfs.yaml', join(root, 'link.yaml'));
    const inner = await commit();
    await git(root, ['update-index', '--add', '--cacheinfo', `160000,${inner},module.yaml`]);
    const workspace = commitWorkspace(root, await commitIndex());
    const paths = ['lfs.yaml', 'binary.yaml', 'large.yaml', 'link.yaml', 'module.yaml'];
    expect(Object.fromEntries(await workspace.read(paths))).toEqual({
      'lfs.yaml': unreadable('Git LFS'),
      'binary.yaml': unreadable('binary'),
      'large.yaml': unreadable('500001 bytes'),
      'link.yaml': unreadable('symbolic link'),
      'module.yaml': unreadable('submodule'),
    });
  });

  test('reads files with the same content, one of them empty, in one go', async () => {
    const workspace = commitWorkspace(root, await commit({ 'a.yaml': 'same\n', 'b.yaml': 'same\n', 'c.yaml': '' }));
    const contents = await workspace.read(['a.yaml', 'b.yaml', 'c.yaml', 'a.yaml']);
    expect([...contents.values()]).toEqual([{ text: 'same\n' }, { text: 'same\n' }, { text: '' }]);
  });

  async function commitIndex(): Promise<string> {
    const tree = (await git(root, ['write-tree'])).toString().trim();
    const identity = ['-c', 'user.name=Tester', '-c', 'user.email=tester@example.com'];
    return (await git(root, [...identity, 'commit-tree', tree, '-m', 'Submodule'])).toString().trim();
  }
});

describe('the working tree', () => {
  test('has new and changed files, and neither ignored nor deleted ones', async () => {
    await commit({ '.gitignore': 'ignored.yaml\n', 'a.yaml': 'old\n', 'gone.yaml': '' });
    await write({ 'a.yaml': 'new\n', 'fresh.yaml': '', 'ignored.yaml': '' });
    await rm(join(root, 'gone.yaml'));
    const workspace = workingTree(root);
    expect((await workspace.list()).toSorted()).toEqual(['.gitignore', 'a.yaml', 'fresh.yaml']);
    const contents = await workspace.read(['a.yaml', 'gone.yaml', 'ignored.yaml', '../outside.yaml']);
    expect(contents).toEqual(new Map([['a.yaml', { text: 'new\n' }]]));
  });

  test('does not follow a symbolic link out of the repository', async () => {
    await symlink('/etc/passwd', join(root, 'link.yaml'));
    const contents = await workingTree(root).read(['link.yaml']);
    expect(contents.get('link.yaml')).toEqual(unreadable('symbolic link'));
  });
});

describe('changed files', () => {
  const text = Array.from({ length: 20 }, (_, line) => `key${line}: ${line}\n`).join('');

  test('between two commits are added, modified, removed, or renamed with both paths', async () => {
    const base = await commit({ 'a.yaml': 'a\n', 'b.yaml': text, 'c.yaml': 'c\n' });
    await rm(join(root, 'b.yaml'));
    await rm(join(root, 'c.yaml'));
    const head = await commit({ 'a.yaml': 'changed\n', 'moved/b.yaml': `${text}more: 1\n`, 'd.yaml': 'd\n' });
    expect(new Set(await changedFiles(root, base, head))).toEqual(
      new Set([
        { path: 'a.yaml', previousPath: null, status: 'modified' },
        { path: 'moved/b.yaml', previousPath: 'b.yaml', status: 'modified' },
        { path: 'c.yaml', previousPath: null, status: 'removed' },
        { path: 'd.yaml', previousPath: null, status: 'added' },
      ]),
    );
  });

  test('of the working tree include files that git does not know yet', async () => {
    const base = await commit({ 'a.yaml': 'a\n' });
    await write({ 'a.yaml': 'changed\n', 'new.yaml': '' });
    expect(await changedFiles(root, base, null)).toEqual([
      { path: 'a.yaml', previousPath: null, status: 'modified' },
      { path: 'new.yaml', previousPath: null, status: 'added' },
    ]);
  });
});

test('a branch is compared with the commit that it left', async () => {
  const start = await commit({ 'a.yaml': '1\n' });
  await git(root, ['checkout', '--quiet', '-b', 'feature']);
  const feature = await commit({ 'b.yaml': '' });
  await git(root, ['checkout', '--quiet', 'main']);
  await commit({ 'c.yaml': '' });
  expect(await mergeBase(root, 'main', feature)).toBe(start);
});

test('a revision that does not exist, or looks like an option, is named in the error', async () => {
  await commit();
  await expect(resolveCommit(root, 'nowhere')).rejects.toThrow('no commit "nowhere"');
  await expect(resolveCommit(root, '--all')).rejects.toThrow('no commit "--all"');
});

test('a folder below the root finds its repository', async () => {
  await write({ 'deep/down/a.yaml': '' });
  expect(await findRepository(join(root, 'deep/down'))).toBe(await findRepository(root));
});
