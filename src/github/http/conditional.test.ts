import { getOctokit } from '@actions/github';
import { describe, expect, test } from 'vitest';
import { withApp } from '../../../test/support/with-app.ts';
import { createAnswerCache, type AnswerCache } from './answer-cache.ts';
import type { GitHubClient } from './client.ts';
import { compareCommits } from '../reading/comparison.ts';
import { withConditionalRequests } from './conditional.ts';
import { createContents } from '../reading/contents.ts';
import { readTree } from '../reading/tree.ts';

const github = withApp();
const permissions = { contents: 'read', pull_requests: 'read' } as const;

function clientWith(cache: AnswerCache, scope = 'installation 1'): GitHubClient {
  const token = github.local.tokenFor({ login: 'scalegate[bot]', permissions });
  const octokit = getOctokit(token, { baseUrl: github.local.url });
  octokit.hook.wrap('request', withConditionalRequests(cache, scope, octokit.request.endpoint));
  return octokit;
}

async function readPull(client: GitHubClient, number: number) {
  const route = 'GET /repos/{owner}/{repo}/pulls/{pull_number}';
  return (await client.request(route, { ...github.name, pull_number: number })).data;
}

function statuses(): number[] {
  return github.local.requests.map(({ status }) => status);
}

async function aPullRequest() {
  const repository = await github.repository({ 'run.yaml': 'a: 1\n' });
  await repository.commit('feature', { 'run.yaml': 'a: 2\n' });
  return { repository, pullRequest: await repository.openPullRequest({ head: 'feature' }) };
}

test('what has not changed is answered from memory, and what has changed is new', async () => {
  const { pullRequest, repository } = await aPullRequest();
  const client = clientWith(createAnswerCache(1e6));
  const read = () => readPull(client, pullRequest.number);
  const first = await read();
  expect(await read()).toEqual(first);
  const head = await repository.commit('feature', { 'run.yaml': 'a: 3\n' });
  expect((await read()).head.sha).toBe(head);
  expect(statuses()).toEqual([200, 304, 200]);
});

test('what one installation may see is not shown to another', async () => {
  const { pullRequest } = await aPullRequest();
  const cache = createAnswerCache(1e6);
  await readPull(clientWith(cache, 'installation 1'), pullRequest.number);
  await readPull(clientWith(cache, 'installation 2'), pullRequest.number);
  expect(statuses()).toEqual([200, 200]);
});

test('who changes an answer changes only their own', async () => {
  const { pullRequest } = await aPullRequest();
  const client = clientWith(createAnswerCache(1e6));
  const ask = { ...github.name, pull_number: pullRequest.number };
  await client.request('GET /repos/{owner}/{repo}/pulls/{pull_number}', ask);
  const { data } = await client.request('GET /repos/{owner}/{repo}/pulls/{pull_number}', ask);
  data.head.sha = 'changed';
  expect((await readPull(client, pullRequest.number)).head.sha).toBe(pullRequest.headSha);
});

test('a failure is not remembered, and goes through', async () => {
  const { pullRequest } = await aPullRequest();
  const client = clientWith(createAnswerCache(1e6));
  await readPull(client, pullRequest.number);
  github.local.failNext({ answer: 403 });
  await expect(readPull(client, pullRequest.number)).rejects.toThrow();
  await readPull(client, pullRequest.number);
  expect(statuses()).toEqual([200, 403, 304]);
});

describe('what an id names is asked for once', () => {
  test('a tree and a comparison', async () => {
    const { pullRequest } = await aPullRequest();
    const client = clientWith(createAnswerCache(1e6));
    const { baseSha, headSha } = pullRequest;
    for (let index = 0; index < 2; index += 1) {
      expect([...(await readTree(client, [github.name], headSha)).keys()]).toEqual(['run.yaml']);
      expect((await compareCommits(client, github.name, baseSha, headSha)).mergeBase).toBe(baseSha);
    }
    expect(statuses()).toEqual([200, 200]);
  });

  test('files of commits', async () => {
    const { pullRequest } = await aPullRequest();
    const client = clientWith(createAnswerCache(1e6));
    for (let index = 0; index < 2; index += 1) {
      const files = await createContents(client, [github.name]).at(pullRequest.headSha).read(['run.yaml']);
      expect(files.get('run.yaml')).toMatchObject({ text: 'a: 2\n' });
    }
    expect(statuses()).toEqual([200]);
  });

  test('but not what a branch names, which moves', async () => {
    const { repository } = await aPullRequest();
    const client = clientWith(createAnswerCache(1e6));
    await readTree(client, [github.name], 'main');
    await createContents(client, [github.name]).at('refs/heads/main').read(['run.yaml']);
    await repository.commit('main', { 'run.yaml': 'a: 5\n', 'new.yaml': '' });
    expect([...(await readTree(client, [github.name], 'main')).keys()]).toEqual(['new.yaml', 'run.yaml']);
    const files = await createContents(client, [github.name]).at('refs/heads/main').read(['run.yaml']);
    expect(files.get('run.yaml')).toMatchObject({ text: 'a: 5\n' });
  });

  test('nor a commit that the repository does not have yet', async () => {
    const { repository } = await aPullRequest();
    const fork = await repository.fork('mallory');
    const head = await fork.commit('jump', { 'run.yaml': 'a: 9\n' });
    const client = clientWith(createAnswerCache(1e6));
    const read = () => createContents(client, [github.name]).at(head).read(['run.yaml']);
    await expect(read()).rejects.toThrow('no commit');
    await repository.openPullRequest({ head: { repository: fork, branch: 'jump' } });
    expect((await read()).get('run.yaml')).toMatchObject({ text: 'a: 9\n' });
  });
});

test('the cache forgets what was not used for the longest time, and never takes what is too large', () => {
  const cache = createAnswerCache(100);
  const answer = (length: number) => ({ etag: null, status: 200, url: '', headers: {}, text: 'x'.repeat(length) });
  for (const key of ['a', 'b', 'c', 'd']) cache.set(key, answer(25));
  cache.get('a');
  cache.set('e', answer(25));
  cache.set('large', answer(26));
  expect(['a', 'b', 'c', 'd', 'e', 'large'].filter((key) => cache.get(key) !== undefined)).toEqual([
    'a',
    'c',
    'd',
    'e',
  ]);
});
