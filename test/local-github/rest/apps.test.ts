import { afterEach, beforeEach, expect, test } from 'vitest';

import { ask } from '../ask.ts';
import { jsonWebToken } from '../json-web-token.ts';
import { LocalGitHub } from '../local-github.ts';
import type { App } from '../state/app.ts';
import type { Installation } from '../state/installation.ts';
import type { Repository } from '../state/repository.ts';

let github: LocalGitHub;
let app: App;
let installation: Installation;
let repository: Repository;

beforeEach(async () => {
  github = await LocalGitHub.start();
  app = github.createApp({ slug: 'scalegate', permissions: { checks: 'write', contents: 'read' }, events: ['push'] });
  repository = await github.createRepository({ owner: 'acme', name: 'train' });
  await repository.commit('main', { 'run.yaml': 'a: 1\n' });
  installation = app.install({ account: 'acme' });
});

afterEach(async () => {
  expect(github.violations).toEqual([]);
  await github.close();
});

function asApp(claims: object = {}) {
  return ask(github, jsonWebToken(app, claims));
}

async function installationToken(body?: object, status = 201): Promise<string> {
  const answer = await asApp()('POST', `/app/installations/${installation.id}/access_tokens`, body);
  expect(answer.status).toBe(status);
  return String(answer.at('token'));
}

test('an App says who it is with its own token, and sees its installations page by page', async () => {
  expect(await asApp()('GET', '/app')).toMatchObject({ status: 200, body: { id: app.id, slug: 'scalegate' } });
  app.install({ account: 'other' });
  const page = await asApp()('GET', '/app/installations?per_page=1');
  expect(page.body).toMatchObject([{ id: installation.id, account: { login: 'acme' }, repository_selection: 'all' }]);
  expect(page.headers.get('link')).toContain('page=2>; rel="next"');
  expect((await asApp()('GET', `/app/installations/${installation.id}`)).status).toBe(200);
  expect((await asApp()('GET', '/repos/acme/train/installation')).at('id')).toBe(installation.id);
});

const now = Math.floor(Date.now() / 1000);
test.each([
  ['that has ended', { exp: now - 1 }],
  ['that lasts more than ten minutes', { exp: now + 3600 }],
  ['from the future', { iat: now + 600 }],
])("an App's token %s is refused", async (_what, claims) => {
  expect((await asApp(claims)('GET', '/app')).status).toBe(401);
});

test("an App's token that another key signed is refused, and one of no App", async () => {
  const other = github.createApp({ slug: 'other', permissions: {}, events: [] });
  expect((await ask(github, jsonWebToken(other, { iss: app.id }))('GET', '/app')).status).toBe(401);
  expect((await asApp({ iss: 1 })('GET', '/app')).status).toBe(404);
});

test("an App's own token reads no repository, and an installation's is not the App", async () => {
  expect((await asApp()('GET', '/repos/acme/train/compare/main...main')).status).toBe(403);
  const token = await installationToken();
  expect((await ask(github, token)('GET', '/app')).status).toBe(401);
});

test('a token of an installation acts as the bot of the App and lasts an hour', async () => {
  const answer = await asApp()('POST', `/app/installations/${installation.id}/access_tokens`);
  const lastsMs = Date.parse(String(answer.at('expires_at'))) - Date.now();
  expect(lastsMs).toBeGreaterThan(3_590_000);
  expect(lastsMs).toBeLessThanOrEqual(3_600_000);
  const request = ask(github, String(answer.at('token')));
  const { at } = await request('POST', '/graphql', { query: '{ viewer { login } }' });
  expect(at('data.viewer.login')).toBe('scalegate[bot]');
  github.expireTokens();
  expect((await request('GET', '/repos/acme/train')).status).toBe(401);
});

test('a token has at most what the installation has, and ends with it', async () => {
  const token = await installationToken({ permissions: { contents: 'read' }, repositories: ['train'] });
  const request = ask(github, token);
  expect((await request('GET', '/repos/acme/train/commits/main')).status).toBe(200);
  expect((await request('GET', '/repos/acme/train/commits/main/check-runs')).status).toBe(403);
  await installationToken({ permissions: { members: 'read' } }, 422);
  await installationToken({ repositories: ['nothing'] }, 422);
  installation.suspend();
  expect((await request('GET', '/repos/acme/train')).status).toBe(403);
  await installationToken({}, 403);
  installation.unsuspend();
  expect((await request('GET', '/repos/acme/train')).status).toBe(200);
  installation.delete();
  expect((await request('GET', '/repos/acme/train')).status).toBe(401);
  await installationToken({}, 404);
});

test('an installation lists its repositories and sees no others that are private', async () => {
  const others = await github.createRepository({ owner: 'acme', name: 'secret', private: true });
  await others.commit('main', { a: '' });
  const selected = app.install({ account: 'acme', repositories: [repository] });
  const { at } = await asApp()('POST', `/app/installations/${selected.id}/access_tokens`);
  const request = ask(github, String(at('token')));
  expect((await request('GET', '/installation/repositories')).body).toMatchObject({
    total_count: 1,
    repositories: [{ full_name: 'acme/train' }],
  });
  expect((await request('GET', '/repos/acme/secret')).status).toBe(404);
  selected.addRepositories([others]);
  expect((await request('GET', '/repos/acme/secret')).status).toBe(200);
});

test('the code of a manifest gives the secrets of the App once', async () => {
  const registered = github.convertManifest({ slug: 'new', permissions: { checks: 'write' }, events: ['push'] });
  const convert = () => ask(github, null)('POST', `/app-manifests/${registered.code}/conversions`);
  expect((await convert()).body).toMatchObject({ id: registered.app.id, pem: registered.app.privateKey });
  expect((await convert()).status).toBe(404);
});

test('a spent budget refuses until it is renewed, and is one for all tokens of an installation', async () => {
  const tokens = [await installationToken(), await installationToken()];
  installation.budget.limit = installation.budget.used + 2;
  const statuses = [];
  for (const token of [...tokens, ...tokens]) {
    const { headers, status } = await ask(github, token)('GET', '/repos/acme/train');
    statuses.push([status, headers.get('x-ratelimit-remaining')]);
  }
  expect(statuses).toEqual([
    [200, '1'],
    [200, '0'],
    [403, '0'],
    [403, '0'],
  ]);
});

test('an archived repository is read-only, and a renamed one is still found by its old name', async () => {
  const request = ask(github, await installationToken());
  repository.rename('training');
  expect((await request('GET', '/repos/acme/train')).at('full_name')).toBe('acme/training');
  const body = { name: 'scalegate', head_sha: await repository.tip('main') };
  repository.archive();
  expect((await request('POST', '/repos/acme/training/check-runs', body)).status).toBe(403);
  repository.unarchive();
  expect((await request('POST', '/repos/acme/training/check-runs', body)).status).toBe(201);
});
