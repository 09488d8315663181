import { afterAll, beforeAll, expect, test } from 'vitest';

import { ask } from '../ask.ts';
import { LocalGitHub } from '../local-github.ts';
import type { Repository } from '../state/repository.ts';

let github: LocalGitHub;
let repository: Repository;
let get: (path: string) => ReturnType<ReturnType<typeof ask>>;

beforeAll(async () => {
  github = await LocalGitHub.start();
  repository = await github.createRepository({ owner: 'acme', name: 'train' });
  const token = github.tokenFor({ login: 'ci[bot]', permissions: { contents: 'read', pull_requests: 'read' } });
  get = (path) => ask(github, token)('GET', `/repos/acme/train${path}`);
  await repository.commit('main', { 'a.yaml': 'a: 1\n' }, { author: 'ada' });
});

afterAll(async () => {
  expect(github.violations).toEqual([]);
  await github.close();
});

test('a comparison finds the merge base, not the tip of the base', async () => {
  const mergeBase = await repository.tip('main');
  const head = await repository.commit('feature/x', { 'b.yaml': 'b: 1\n' });
  await repository.commit('main', { 'a.yaml': 'a: 2\n' });
  const { at, body } = await get(`/compare/main...${encodeURIComponent('feature/x')}`);
  expect(at('merge_base_commit.sha')).toBe(mergeBase);
  expect(body).toMatchObject({ status: 'diverged', ahead_by: 1, behind_by: 1, total_commits: 1 });
  expect(at('commits')).toMatchObject([{ sha: head }]);
  expect(at('files')).toMatchObject([{ filename: 'b.yaml', status: 'added' }]);
});

test('a comparison shows 300 files at most, and those on the first page only', async () => {
  const files = Object.fromEntries(Array.from({ length: 301 }, (_, index) => [`runs/${index}.yaml`, 'a: 1\n']));
  await repository.commit('many', files);
  await repository.commit('many', { 'one-more.yaml': 'a: 1\n' });
  const first = await get('/compare/main...many?per_page=1');
  expect(first.at('files')).toHaveLength(300);
  expect(first.at('commits')).toHaveLength(1);
  expect(first.headers.get('link')).toContain('page=2>; rel="next"');
  const second = await get('/compare/main...many?per_page=1&page=2');
  expect(second.at('files')).toEqual([]);
  expect(second.at('commits')).toHaveLength(1);
});

test.each(['main...nowhere', 'nowhere...main', 'main', 'main..many'])(
  'a comparison of %s is not found',
  async (basehead) => {
    expect((await get(`/compare/${basehead}`)).status).toBe(404);
  },
);

test('a commit is linked to the account of its address, and to none where the address is unknown', async () => {
  const mine = await repository.commit('authors', { 'c.yaml': 'c: 1\n' }, { author: 'ada' });
  expect((await get(`/commits/${mine}`)).body).toMatchObject({
    author: { login: 'ada' },
    files: [{ filename: 'c.yaml' }],
  });
  const someone = { name: 'Someone', email: 'someone@example.com' };
  const unlinked = await repository.commit('authors', { 'c.yaml': 'c: 2\n' }, { author: someone });
  expect((await get(`/commits/${unlinked}`)).body).toMatchObject({ author: null, commit: { author: someone } });
});

test('a branch name finds its commit, and the first commit shows all its files', async () => {
  const other = await github.createRepository({ owner: 'acme', name: 'fresh' });
  const sha = await other.commit('main', { 'a.yaml': 'a: 1\n' });
  const token = github.tokenFor({ login: 'ci[bot]', permissions: { contents: 'read' } });
  const { body } = await ask(github, token)('GET', '/repos/acme/fresh/commits/main');
  expect(body).toMatchObject({ sha, parents: [], files: [{ filename: 'a.yaml', status: 'added' }] });
});

test('the pull requests of a commit are the open ones that hold it, then the one that merged it', async () => {
  const head = await repository.commit('merge-me', { 'd.yaml': 'd: 1\n' });
  const merged = await repository.openPullRequest({ head: 'merge-me' });
  await repository.openPullRequest({ head: 'merge-me', title: 'the same again' });
  const numbers = async (sha: string) => {
    const pullRequests = (await get(`/commits/${sha}/pulls`)).body as { number: number }[];
    return pullRequests.map(({ number }) => number);
  };
  expect(await numbers(head)).toEqual([1, 2]);
  const mergeCommit = await merged.mergeInto('ada');
  expect(await numbers(mergeCommit)).toEqual([1]);
  expect(await numbers(head)).toEqual([1]);
});
