import { afterEach, beforeEach, expect, test } from 'vitest';

import { LocalGitHub } from './local-github.ts';
import type { PullRequest } from './state/pull-request.ts';

let github: LocalGitHub;
let pullRequest: PullRequest;
let token: string;

beforeEach(async () => {
  github = await LocalGitHub.start();
  const repository = await github.createRepository({ owner: 'acme', name: 'train' });
  await repository.commit('main', { 'run.yaml': 'a: 1\n' });
  await repository.commit('feature', { 'run.yaml': 'a: 2\n' });
  pullRequest = await repository.openPullRequest({ head: 'feature' });
  token = github.tokenFor({ login: 'ci[bot]', permissions: { pull_requests: 'read' } });
});

afterEach(async () => {
  expect(github.violations).toEqual([]);
  await github.close();
});

function get(headers: Record<string, string> = {}): Promise<Response> {
  const authorization = `Bearer ${token}`;
  return fetch(`${github.url}/repos/acme/train/pulls/1`, { headers: { authorization, ...headers } });
}

test('what the client knows already is 304, and free, until it changes', async () => {
  const first = await get();
  const etag = first.headers.get('etag')!;
  const again = await get({ 'if-none-match': etag });
  expect([again.status, await again.text()]).toEqual([304, '']);
  expect(again.headers.get('x-ratelimit-remaining')).toBe(first.headers.get('x-ratelimit-remaining'));
  pullRequest.retitle('Another');
  const changed = await get({ 'if-none-match': etag });
  expect(changed.status).toBe(200);
  expect(changed.headers.get('etag')).not.toBe(etag);
});
