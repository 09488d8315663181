import { expect, test } from 'vitest';
import { repositoryName, withGitHub } from '../../../test/support/with-github.ts';
import { readMembers } from './merge-group.ts';

const github = withGitHub();

async function aQueue() {
  const repository = await github.repository();
  const baseSha = await repository.tip('main');
  for (const branch of ['one', 'two']) {
    await repository.commit(branch, { [`${branch}.yaml`]: '' }, { from: 'refs/heads/main' });
    await repository.openPullRequest({ head: branch });
  }
  const numbers = async (headSha: string, headRef = 'refs/heads/gh-readonly-queue/main/pr-2-0') => {
    const group = { baseSha, baseRef: 'main', headSha, headRef };
    const members = await readMembers(github.client(), repositoryName, group);
    return members?.map(({ number }) => number).toSorted() ?? null;
  };
  return { repository, numbers };
}

test('a group has the pull requests whose commits it merges', async () => {
  const { repository, numbers } = await aQueue();
  await repository.merge('queue', 'refs/heads/one');
  expect(await numbers(await repository.merge('queue', 'refs/heads/two'))).toEqual([1, 2]);
});

test('a group of squashed commits has the pull request that its branch is named after', async () => {
  const { repository, numbers } = await aQueue();
  expect(await numbers(await repository.commit('queue', { 'two.yaml': '' }))).toEqual([2]);
});

test('a group that nothing ties to a pull request has unknown members', async () => {
  const { repository, numbers } = await aQueue();
  expect(await numbers(await repository.commit('queue', { 'x.yaml': '' }), 'refs/heads/other')).toBeNull();
});

test('a pull request into another branch is no member', async () => {
  const { repository, numbers } = await aQueue();
  await repository.commit('release', {});
  await repository.openPullRequest({ head: 'one', base: 'release' });
  expect(await numbers(await repository.merge('queue', 'refs/heads/one'), 'refs/heads/other')).toEqual([1]);
});
