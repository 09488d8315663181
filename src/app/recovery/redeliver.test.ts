import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { HookServer } from '../../../test/local-github/hook-server.ts';
import type { Repository } from '../../../test/local-github/state/repository.ts';
import { appClients } from '../../../test/support/app-clients.ts';
import { withApp } from '../../../test/support/with-app.ts';
import { redeliverFailed } from './redeliver.ts';

const minute = 60_000;

const github = withApp();
let hooks: HookServer;
let repository: Repository;
let warnings: string[];

const warn = (message: string) => warnings.push(message);

beforeEach(async () => {
  warnings = [];
  hooks = await HookServer.start();
  github.app.deliverTo(hooks.url);
  repository = await github.repository({ 'run.yaml': 'a: 1\n' });
  await repository.commit('feature', { 'run.yaml': 'a: 2\n' });
  await github.local.webhooks.quiet();
  // It was installed before anybody listened
  github.app.deliveries.length = 0;
  hooks.received.length = 0;
});

afterEach(async () => {
  await github.local.webhooks.quiet();
  await hooks.close();
});

describe('failed deliveries', () => {
  async function redeliver(done: readonly string[] = [], afterMs = 2 * minute) {
    const now = new Date(Date.now() + afterMs);
    const since = new Date(now.getTime() - 3 * 24 * 60 * minute);
    const queue = { isDone: (id: string) => Promise.resolve(done.includes(id)) };
    const client = (await appClients(github)).app();
    return redeliverFailed({ client, queue, since, now, warn });
  }

  test('are sent again under their own ids, once each', async () => {
    hooks.status = 503;
    const pullRequest = await repository.openPullRequest({ head: 'feature' });
    pullRequest.close();
    await github.local.webhooks.quiet();
    const failed = hooks.received.map(({ headers }) => headers['x-github-delivery']);
    expect(failed).toHaveLength(2);

    hooks.status = 202;
    hooks.received.length = 0;
    expect(await redeliver()).toBe(2);
    await github.local.webhooks.quiet();
    expect(hooks.received.map(({ headers }) => headers['x-github-delivery']).sort()).toStrictEqual(failed.sort());
    expect(await redeliver([], 60 * minute)).toBe(0);
  });

  test('are let be where the work was done though the answer did not arrive', async () => {
    hooks.status = 503;
    await repository.openPullRequest({ head: 'feature' });
    await github.local.webhooks.quiet();
    expect(await redeliver([String(hooks.received[0]!.headers['x-github-delivery'])])).toBe(0);
  });

  test('one that GitHub does not send again does not keep the others', async () => {
    hooks.status = 503;
    const pullRequest = await repository.openPullRequest({ head: 'feature' });
    pullRequest.close();
    await github.local.webhooks.quiet();
    github.local.failNext({ method: 'POST', path: /attempts$/, answer: 422 });
    expect(await redeliver()).toBe(1);
    expect(warnings).toHaveLength(1);
  });
});
