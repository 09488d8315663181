import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, type Reply } from '../ask.ts';
import { LocalGitHub } from '../local-github.ts';
import type { PullRequest } from '../state/pull-request.ts';

let github: LocalGitHub;
let pullRequest: PullRequest;
let asBot: (method: string, path: string, body?: unknown) => Promise<Reply>;

const lines = Array.from({ length: 20 }, (_, index) => `key_${index + 1}: 1`);

beforeAll(async () => {
  github = await LocalGitHub.start();
  const repository = await github.createRepository({ owner: 'acme', name: 'train' });
  await repository.commit('main', { 'run.yaml': lines.join('\n') });
  await repository.commit('feature', { 'run.yaml': lines.with(9, 'key_10: 2').join('\n') });
  pullRequest = await repository.openPullRequest({ head: 'feature' });
  asBot = ask(github, github.tokenFor({ login: 'github-actions[bot]', permissions: { pull_requests: 'write' } }));
});

afterAll(async () => {
  expect(github.violations).toEqual([]);
  await github.close();
});

const on = (place: object) => ({
  body: 'a remark',
  commit_id: pullRequest.headSha,
  path: 'run.yaml',
  side: 'RIGHT',
  ...place,
});
const comments = '/repos/acme/train/pulls/1/comments';

test('a comment on lines that the diff shows is created, changed and deleted', async () => {
  const created = await asBot('POST', comments, on({ start_line: 7, start_side: 'RIGHT', line: 13 }));
  expect(created).toMatchObject({ status: 201, body: { start_line: 7, line: 13, body: 'a remark' } });
  const path = `/repos/acme/train/pulls/comments/${String(created.at('id'))}`;
  expect((await asBot('PATCH', path, { body: 'another' })).at('body')).toBe('another');
  expect((await asBot('DELETE', path)).status).toBe(204);
  expect((await asBot('DELETE', path)).status).toBe(404);
});

test.each([{ line: 6 }, { line: 14 }, { start_line: 6, start_side: 'RIGHT', line: 10 }])(
  'a comment on lines that the diff does not show is refused: %j',
  async (place) => {
    expect((await asBot('POST', comments, on(place))).status).toBe(422);
  },
);
