import { expect, test } from 'vitest';
import { appClients } from '../../../test/support/app-clients.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { until } from '../../../test/support/until.ts';
import { withApp } from '../../../test/support/with-app.ts';
import type { Job, Queue } from '../queue/queue.ts';
import { startRecovery } from './recovery.ts';

const minute = 60_000;

const github = withApp();

test('the recovery begins at once, goes on every few minutes, and outlives what fails', async () => {
  const repository = await github.repository({ 'run.yaml': 'a: 1\n' });
  await repository.commit('feature', { 'run.yaml': 'a: 2\n' });
  const warnings: string[] = [];
  const clock = new FakeClock();
  const added: Job[] = [];
  // What a recovery uses of a queue
  const queue = {
    add: (jobs: readonly Job[]) => {
      added.push(...jobs);
      return Promise.resolve();
    },
    isDone: () => Promise.resolve(false),
  } as unknown as Queue;
  github.local.failNext({ path: '/app/hook/deliveries', answer: 404 });
  await repository.openPullRequest({ head: 'feature' });
  const recovery = startRecovery({
    clients: await appClients(github),
    queue,
    appId: github.app.id,
    checkName: 'scalegate',
    info: () => undefined,
    warn: (message) => warnings.push(message),
    clock,
  });
  await until('the sweep has found it', () => added.length === 1);
  await until('the first look has failed', () => warnings.length === 1);
  const looks = () => github.local.requests.filter(({ path }) => path.startsWith('/app/hook/deliveries')).length;
  expect(looks()).toBe(1);
  await until('the next look', async () => {
    await clock.advance(minute);
    return looks() > 1;
  });
  await recovery.stop();
});
