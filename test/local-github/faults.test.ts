import { afterEach, beforeEach, expect, test } from 'vitest';

import { ask, type Reply } from './ask.ts';
import type { FaultStatus } from './faults.ts';
import { LocalGitHub } from './local-github.ts';
import type { Repository } from './state/repository.ts';

const repositoryPath = '/repos/acme/train';

let github: LocalGitHub;
let repository: Repository;
let request: (method: string, path: string, body?: unknown) => Promise<Reply>;

beforeEach(async () => {
  github = await LocalGitHub.start();
  repository = await github.createRepository({ owner: 'acme', name: 'train' });
  await repository.commit('main', { 'a.yaml': 'a: 1\n', 'b.yaml': 'b: 1\n' });
  await repository.commit('feature', { 'a.yaml': 'a: 2\n', 'b.yaml': 'b: 2\n' });
  await repository.openPullRequest({ head: 'feature' });
  const permissions = { contents: 'read', pull_requests: 'write' } as const;
  request = ask(github, github.tokenFor({ login: 'ci[bot]', permissions }));
});

afterEach(async () => {
  expect(github.violations).toEqual([]);
  await github.close();
});

test.each<FaultStatus>([401, 403, 404, 409, 410, 422, 429, 500, 502, 503, 504])(
  'a request can fail with %i, in the shape that GitHub describes, and only once',
  async (status) => {
    github.failNext({ answer: status });
    const answer = await request('GET', repositoryPath);
    expect(answer.status).toBe(status);
    expect(answer.at('message')).toEqual(expect.any(String));
    expect((await request('GET', repositoryPath)).status).toBe(200);
  },
);

test('a fault waits for its method and path, as often as it was told', async () => {
  github.failNext({
    method: 'POST',
    path: '/repos/{owner}/{repo}/issues/{issue_number}/comments',
    times: 2,
    answer: 502,
  });
  github.failNext({ path: /\/pulls\/1$/, answer: 500 });
  const comment = () => request('POST', `${repositoryPath}/issues/1/comments`, { body: 'hello' });
  expect((await request('GET', repositoryPath)).status).toBe(200);
  expect((await request('GET', `${repositoryPath}/issues/1/comments`)).status).toBe(200);
  expect([(await comment()).status, (await comment()).status, (await comment()).status]).toEqual([502, 502, 201]);
  expect((await request('GET', `${repositoryPath}/pulls/1`)).status).toBe(500);
});

test('a request that GitHub would not understand is a violation, fault or not', async () => {
  const other = await LocalGitHub.start();
  other.failNext({ answer: 404, times: 2 });
  await ask(other, null)('GET', '/repos/acme/train/pulls/one');
  await ask(other, null)('POST', '/graphql', { query: '{ viewer { nickname } }' });
  expect(other.violations).toHaveLength(2);
  await other.close();
});

test('a secondary rate limit says when to come back', async () => {
  github.failNext({ answer: 'secondaryRateLimit', retryAfterSeconds: 2 });
  const { at, headers, status } = await request('GET', repositoryPath);
  expect(status).toBe(403);
  expect(headers.get('retry-after')).toBe('2');
  expect(at('message')).toContain('secondary rate limit');
});

test('a spent budget is 403 in REST and 200 with an error in GraphQL', async () => {
  github.failNext({ answer: 'primaryRateLimit', times: 2 });
  const rest = await request('GET', repositoryPath);
  expect(rest.status).toBe(403);
  expect(rest.headers.get('x-ratelimit-remaining')).toBe('0');
  const graphql = await request('POST', '/graphql', { query: '{ viewer { login } }' });
  expect(graphql).toMatchObject({ status: 200, body: { errors: [{ type: 'RATE_LIMITED' }] } });
  expect(graphql.headers.get('x-ratelimit-remaining')).toBe('0');
});

test('lists of files and trees can be cut short', async () => {
  github.failNext({ path: '/repos/{owner}/{repo}/pulls/{pull_number}/files', answer: { fileListLimit: 1 } });
  github.failNext({ path: '/repos/{owner}/{repo}/compare/{basehead}', answer: { fileListLimit: 1 } });
  github.failNext({ path: '/repos/{owner}/{repo}/git/trees/{tree_sha}', answer: { treeEntryLimit: 1 } });
  expect((await request('GET', `${repositoryPath}/pulls/1/files`)).body).toHaveLength(1);
  expect((await request('GET', `${repositoryPath}/compare/main...feature`)).at('files')).toHaveLength(1);
  const tree = (await request('GET', `${repositoryPath}/git/trees/main?recursive=1`)).body;
  expect(tree).toMatchObject({ truncated: true, tree: [{ path: 'a.yaml' }] });
});

test('an answer can be slow', async () => {
  github.failNext({ delayMs: 200 });
  const started = performance.now();
  expect((await request('GET', repositoryPath)).status).toBe(200);
  expect(performance.now() - started).toBeGreaterThan(190);
});

test.each([
  ['lost', 0],
  ['done', 1],
] as const)('a request whose answer never comes is %s', async (silence, comments) => {
  const [pullRequest] = repository.pullRequests;
  const path = '/repos/{owner}/{repo}/issues/{issue_number}/comments';
  const asked = new Promise<void>((resolve) => {
    github.failNext({ method: 'POST', path, silence, onRequest: resolve });
  });
  const answered = request('POST', `${repositoryPath}/issues/1/comments`, { body: 'hello' });
  const isOver = answered.then(
    () => 'answered',
    () => 'cut off',
  );
  await asked;
  expect(pullRequest?.comments).toHaveLength(comments);
  expect(await Promise.race([isOver, Promise.resolve('silent')])).toBe('silent');
  await github.close();
  expect(await isOver).toBe('cut off');
});

test('faults that are cleared fail nothing any more', async () => {
  github.failNext({ answer: 500, times: 9 });
  github.clearFaults();
  expect((await request('GET', `${repositoryPath}/pulls/1`)).status).toBe(200);
});
