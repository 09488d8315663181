import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { repositoryName, withGitHub } from '../../../test/support/with-github.ts';
import { listChanges } from './changed-files.ts';

const github = withGitHub();
const compare = '/repos/{owner}/{repo}/compare/{basehead}';
const lines = Array.from({ length: 30 }, (_, line) => `key${line}: ${line}\n`).join('');

function manyFiles(count: number): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`data/${index}.txt`, `${index}\n`]));
}

/** Git's id of a content. */
function blobOf(text: string): string {
  return createHash('sha1')
    .update(`blob ${Buffer.byteLength(text)}\0${text}`)
    .digest('hex');
}

async function changesOf(pullRequest: { number: number; headSha: string }) {
  const range = { base: 'main', head: pullRequest.headSha, pullRequest: pullRequest.number };
  return listChanges(github.client(), [repositoryName], range);
}

test('a pull request is held against the commit that it left, not against what was merged since', async () => {
  const repository = await github.repository({ 'old.yaml': lines, 'gone.yaml': 'gone\n', 'same.yaml': '' });
  const start = await repository.tip('main');
  await repository.commit('feature', {
    'old.yaml': null,
    'moved/new.yaml': `${lines}more: 1\n`,
    'gone.yaml': null,
    'added.yaml': 'a\n',
  });
  const pullRequest = await repository.openPullRequest({ head: 'feature' });
  await repository.commit('main', { 'later.yaml': '' });
  const { mergeBase, files } = await changesOf(pullRequest);
  expect(mergeBase).toBe(start);
  expect(new Set(files)).toEqual(
    new Set([
      {
        path: 'moved/new.yaml',
        previousPath: 'old.yaml',
        status: 'modified',
        blob: blobOf(`${lines}more: 1\n`),
      },
      { path: 'gone.yaml', previousPath: null, status: 'removed', blob: blobOf('gone\n') },
      { path: 'added.yaml', previousPath: null, status: 'added', blob: blobOf('a\n') },
    ]),
  );
  expect(github.asked()).toEqual([`GET ${compare}`]);
});

test('more than 300 files are listed by pages, all of them, renames included', async () => {
  const repository = await github.repository({ 'old.yaml': lines });
  await repository.commit('feature', { ...manyFiles(450), 'old.yaml': null, 'new.yaml': lines });
  const { files } = await changesOf(await repository.openPullRequest({ head: 'feature' }));
  expect(files).toHaveLength(451);
  expect(files).toContainEqual({ path: 'new.yaml', previousPath: 'old.yaml', status: 'modified' });
  expect(github.asked()).toHaveLength(2 + 5);
});

test('a config behind 3,000 other files is not overlooked', async () => {
  const repository = await github.repository({ 'z.yaml': 'old\n', 'gone.yaml': '' });
  await repository.commit('feature', { ...manyFiles(3000), 'z.yaml': 'new\n', 'gone.yaml': null });
  const { files } = await changesOf(await repository.openPullRequest({ head: 'feature' }));
  expect(files).toHaveLength(3002);
  expect(files).toContainEqual({ path: 'z.yaml', previousPath: null, status: 'modified' });
  expect(files).toContainEqual({ path: 'gone.yaml', previousPath: null, status: 'removed' });
});

test('a list of files that is shorter than GitHub counts is not believed', async () => {
  const repository = await github.repository();
  await repository.commit('feature', manyFiles(320));
  const pullRequest = await repository.openPullRequest({ head: 'feature' });
  const path = '/repos/{owner}/{repo}/pulls/{pull_number}/files';
  github.local.failNext({ path, answer: { fileListLimit: 100 }, times: 4 });
  expect((await changesOf(pullRequest)).files).toHaveLength(320);
});

test('too many files to list in any way fail, with the reason', async () => {
  const repository = await github.repository();
  await repository.commit('feature', manyFiles(3001));
  const pullRequest = await repository.openPullRequest({ head: 'feature' });
  github.local.failNext({
    path: '/repos/{owner}/{repo}/git/trees/{tree_sha}',
    answer: { treeEntryLimit: 10 },
    times: 20,
  });
  await expect(changesOf(pullRequest)).rejects.toThrow("can't be listed in full");
});
