import { afterAll, beforeAll, expect, test } from 'vitest';

import { ask, type Reply } from '../ask.ts';
import { LocalGitHub } from '../local-github.ts';
import type { PullRequest } from '../state/pull-request.ts';

const comments = '/repos/acme/train/issues/1/comments';

let github: LocalGitHub;
let pullRequest: PullRequest;
let asBot: (method: string, path: string, body?: unknown) => Promise<Reply>;

beforeAll(async () => {
  github = await LocalGitHub.start();
  const repository = await github.createRepository({ owner: 'acme', name: 'train' });
  await repository.commit('main', { 'run.yaml': 'a: 1\n' });
  await repository.commit('feature', { 'run.yaml': 'a: 2\n' });
  pullRequest = await repository.openPullRequest({ head: 'feature' });
  asBot = ask(github, github.tokenFor({ login: 'github-actions[bot]', permissions: { pull_requests: 'write' } }));
});

afterAll(async () => {
  expect(github.violations).toEqual([]);
  await github.close();
});

test('a comment is created, listed, changed and deleted', async () => {
  const created = await asBot('POST', comments, { body: 'first' });
  expect(created.status).toBe(201);
  expect(created.body).toMatchObject({
    body: 'first',
    user: { login: 'github-actions[bot]', type: 'Bot' },
    performed_via_github_app: { slug: 'github-actions' },
  });
  const path = `/repos/acme/train/issues/comments/${String(created.at('id'))}`;
  expect((await asBot('PATCH', path, { body: 'second' })).at('body')).toBe('second');
  expect((await asBot('GET', comments)).body).toMatchObject([{ id: created.at('id'), body: 'second' }]);
  expect((await asBot('DELETE', path)).status).toBe(204);
  expect((await asBot('GET', comments)).body).toEqual([]);
  expect((await asBot('DELETE', path)).status).toBe(404);
});

test('a comment of 65,536 characters is taken, one more is refused', async () => {
  const { at, status } = await asBot('POST', comments, { body: 'x'.repeat(65_536) });
  const path = `/repos/acme/train/issues/comments/${String(at('id'))}`;
  expect(status).toBe(201);
  const tooLong = { body: 'x'.repeat(65_537) };
  expect(await asBot('POST', comments, tooLong)).toMatchObject({ status: 422, body: { message: 'Validation Failed' } });
  expect((await asBot('PATCH', path, tooLong)).status).toBe(422);
  await asBot('DELETE', path);
});

test('an empty comment is refused', async () => {
  expect((await asBot('POST', comments, { body: ' ' })).status).toBe(422);
});

test('comments are paged and can be asked for since a time', async () => {
  for (let index = 0; index < 3; index += 1) pullRequest.comment('ada', `comment ${index}`);
  expect((await asBot('GET', `${comments}?per_page=2`)).headers.get('link')).toContain('page=2>; rel="next"');
  const last = pullRequest.comments.at(-1)!;
  const since = (await asBot('GET', `${comments}?since=${last.updatedAt}`)).body;
  expect(since).toMatchObject([{ id: last.id, user: { login: 'ada' }, performed_via_github_app: null }]);
});

test('an issue that is not there takes no comment', async () => {
  expect((await asBot('POST', '/repos/acme/train/issues/99/comments', { body: 'hello' })).status).toBe(404);
});

test('a person reacts once in each way', async () => {
  const { id } = pullRequest.comment('ada', '/scalegate approve');
  const reactions = `/repos/acme/train/issues/comments/${id}/reactions`;
  const created = await asBot('POST', reactions, { content: 'eyes' });
  expect(created).toMatchObject({ status: 201, body: { content: 'eyes', user: { login: 'github-actions[bot]' } } });
  expect((await asBot('POST', reactions, { content: 'eyes' })).status).toBe(200);
  expect((await asBot('POST', reactions, { content: '+1' })).status).toBe(201);
  expect((await asBot('GET', `${reactions}?content=eyes`)).body).toHaveLength(1);
  expect((await asBot('DELETE', `${reactions}/${String(created.at('id'))}`)).status).toBe(204);
  expect((await asBot('GET', reactions)).body).toMatchObject([{ content: '+1' }]);
});

test('a locked conversation takes no comment', async () => {
  pullRequest.locked = true;
  expect((await asBot('POST', comments, { body: 'hello' })).status).toBe(403);
  pullRequest.locked = false;
});
