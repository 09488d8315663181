import { afterAll, beforeAll, expect, test } from 'vitest';

import { ask, type Reply } from '../ask.ts';
import { LocalGitHub } from '../local-github.ts';
import type { Repository } from '../state/repository.ts';

let github: LocalGitHub;
let repository: Repository;
let get: (path: string) => Promise<Reply>;

beforeAll(async () => {
  github = await LocalGitHub.start();
  repository = await github.createRepository({ owner: 'acme', name: 'train' });
  await repository.commit('main', { 'run.yaml': 'a: 1\nb: 2\nc: 3\nd: 4\n' });
  const token = github.tokenFor({ login: 'ci[bot]', permissions: { contents: 'read', pull_requests: 'read' } });
  get = (path) => ask(github, token)('GET', `/repos/acme/train${path}`);
});

afterAll(async () => {
  expect(github.violations).toEqual([]);
  await github.close();
});

test('a pull request shows its ends, its author and its sizes', async () => {
  const base = await repository.tip('main');
  const head = await repository.commit('bigger', { 'run.yaml': 'a: 2\nb: 2\nc: 3\nd: 4\n' });
  const { number } = await repository.openPullRequest({ head: 'bigger', author: 'ada', draft: true, title: 'Go big' });
  expect((await get(`/pulls/${number}`)).body).toMatchObject({
    title: 'Go big',
    draft: true,
    user: { login: 'ada', type: 'User' },
    head: { sha: head, ref: 'bigger', repo: { full_name: 'acme/train' } },
    base: { sha: base, ref: 'main' },
    changed_files: 1,
    commits: 1,
    additions: 1,
    deletions: 1,
  });
});

test('a push to the head moves the pull request; a push to the base leaves its base commit alone', async () => {
  await repository.commit('moving', { 'moving.yaml': 'a: 1\n' });
  const { number } = await repository.openPullRequest({ head: 'moving' });
  const base = await repository.tip('main');
  await repository.commit('main', { 'other.yaml': 'a: 1\n' });
  expect((await get(`/pulls/${number}`)).at('base.sha')).toBe(base);
  const head = await repository.commit('moving', { 'moving.yaml': 'a: 2\n' });
  expect((await get(`/pulls/${number}`)).at('head.sha')).toBe(head);
});

test('a renamed file carries its previous name', async () => {
  await repository.commit('rename', { 'run.yaml': null, 'runs/large.yaml': 'a: 1\nb: 2\nc: 3\nd: 4\n' });
  const { number } = await repository.openPullRequest({ head: 'rename' });
  expect((await get(`/pulls/${number}/files`)).body).toMatchObject([
    { filename: 'runs/large.yaml', status: 'renamed', previous_filename: 'run.yaml', changes: 0 },
  ]);
});

test('files come 100 a page, and no more than 3,000 of them', async () => {
  const files = Object.fromEntries(Array.from({ length: 3001 }, (_, index) => [`runs/${index}.yaml`, 'a: 1\n']));
  await repository.commit('many', files);
  const { number } = await repository.openPullRequest({ head: 'many' });
  const names = new Set<string>();
  let next: string | undefined = `/pulls/${number}/files?per_page=200`;
  while (next !== undefined) {
    const { body, headers } = await get(next);
    expect(body).toHaveLength(100);
    for (const { filename } of body as { filename: string }[]) names.add(filename);
    next = /train([^>]*)>; rel="next"/.exec(headers.get('link') ?? '')?.[1];
  }
  expect(names.size).toBe(3000);
  expect((await get(`/pulls/${number}`)).at('changed_files')).toBe(3001);
});

test('without asking there are 30 files on a page', async () => {
  const files = Object.fromEntries(Array.from({ length: 31 }, (_, index) => [`thirty/${index}.yaml`, 'a: 1\n']));
  await repository.commit('thirty', files);
  const { number } = await repository.openPullRequest({ head: 'thirty' });
  const { body, headers } = await get(`/pulls/${number}/files`);
  expect(body).toHaveLength(30);
  expect(headers.get('link')).toContain(`/pulls/${number}/files?page=2>; rel="next"`);
});

test('reviews show who said what of which commit, and that one was dismissed', async () => {
  const head = await repository.commit('reviewed', { 'reviewed.yaml': 'a: 1\n' });
  const pullRequest = await repository.openPullRequest({ head: 'reviewed' });
  repository.grantRole('grace', 'maintain');
  const approval = pullRequest.review({ author: 'grace', state: 'APPROVED', body: 'fine' });
  pullRequest.review({ author: 'mallory', state: 'COMMENTED' });
  pullRequest.dismissReview(approval);
  expect((await get(`/pulls/${pullRequest.number}/reviews`)).body).toMatchObject([
    { user: { login: 'grace' }, state: 'DISMISSED', commit_id: head, author_association: 'COLLABORATOR', body: 'fine' },
    { user: { login: 'mallory' }, state: 'COMMENTED', author_association: 'NONE' },
  ]);
});

test('at most 250 commits of a pull request are listed', async () => {
  for (let index = 0; index < 251; index += 1) await repository.commit('commits', { 'commits.yaml': `a: ${index}\n` });
  const { number } = await repository.openPullRequest({ head: 'commits' });
  expect((await get(`/pulls/${number}/commits?per_page=100&page=3`)).body).toHaveLength(50);
  expect((await get(`/pulls/${number}`)).at('commits')).toBe(251);
});

test("a fork's head is readable through the base repository, also once the fork is deleted", async () => {
  const fork = await repository.fork('mallory');
  const head = await fork.commit('patch', { 'run.yaml': 'a: 3\n' }, { author: 'mallory' });
  const { number } = await repository.openPullRequest({
    head: { repository: fork, branch: 'patch' },
    author: 'mallory',
  });
  const { at } = await get(`/pulls/${number}`);
  expect(at('head')).toMatchObject({
    label: 'mallory:patch',
    sha: head,
    repo: { full_name: 'mallory/train', fork: true },
  });
  const later = await fork.commit('patch', { 'run.yaml': 'a: 4\n' }, { author: 'mallory' });
  expect((await get(`/compare/main...${later}`)).at('files')).toMatchObject([{ filename: 'run.yaml' }]);

  github.deleteRepository(fork);
  expect((await get(`/pulls/${number}`)).at('head')).toMatchObject({ sha: later, repo: null });
  expect((await get(`/commits/${later}`)).status).toBe(200);
});

test('a pull request that is not there is not found', async () => {
  expect((await get('/pulls/4711')).status).toBe(404);
});

test('pull requests are listed by state, base and head, the newest first', async () => {
  const other = await github.createRepository({ owner: 'acme', name: 'listed' });
  await other.commit('main', { 'run.yaml': 'a: 1\n' });
  for (const head of ['one', 'two', 'three']) {
    await other.commit(head, { 'run.yaml': `a: ${head}\n` });
    await other.openPullRequest({ head, base: head === 'two' ? 'one' : 'main' });
  }
  other.findPullRequest(3)!.close();
  const token = github.tokenFor({ login: 'ci[bot]', permissions: { pull_requests: 'read' } });
  const numbers = async (query: string) => {
    const { body } = await ask(github, token)('GET', `/repos/acme/listed/pulls?${query}`);
    return (body as readonly { number: number }[]).map(({ number }) => number);
  };
  expect(await numbers('')).toEqual([2, 1]);
  expect(await numbers('state=all&base=main')).toEqual([3, 1]);
  expect(await numbers('state=all&direction=asc&per_page=1&page=2')).toEqual([2]);
  expect(await numbers('head=acme:two')).toEqual([2]);
});
