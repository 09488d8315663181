import { getRollbackPlans } from 'pg-boss';
import { afterEach, describe, expect, inject, test } from 'vitest';
import { aJob } from '../../../../test/support/a-job.ts';
import { RunningChild } from '../../../../test/support/queue-child.ts';
import { aGate, one, recorder, untilAborted } from '../../../../test/support/queue-handlers.ts';
import { createDatabase, execute, PostgresServer } from '../../../../test/support/postgres-server.ts';
import { SilentProxy } from '../../../../test/support/silent-proxy.ts';
import { until } from '../../../../test/support/until.ts';
import type { Queue, QueueOptions } from '../queue.ts';
import { openPostgresQueue } from './postgres-queue.ts';

const serverUrl = inject('postgresUrl');

describe.skipIf(serverUrl === null)('the queue in PostgreSQL', () => {
  const opened: { close(): Promise<void> }[] = [];
  const warnings: string[] = [];

  function open(url: string, options: QueueOptions = {}): Queue {
    const queue = openPostgresQueue(url, { firstRetryMs: 1, warn: (message) => warnings.push(message), ...options });
    opened.unshift(queue);
    return queue;
  }

  afterEach(async () => {
    for (const { close } of opened.splice(0).map((each) => ({ close: () => each.close() }))) await close();
    warnings.length = 0;
  });

  async function takes(queue: Queue, id: string): Promise<boolean> {
    return await queue.add([aJob({ id, key: id })]).then(
      () => true,
      () => false,
    );
  }

  test('instances that start at once on an empty database agree on its tables', async () => {
    const url = await createDatabase(serverUrl!);
    const queues = [open(url), open(url), open(url)];
    for (const queue of queues) queue.start(() => Promise.resolve(), one);
    await Promise.all(queues.map((queue, index) => queue.add([aJob({ id: `${index}` })])));
    await until('all are done', async () => (await queues[0]!.counts()).waiting === 0);
    expect(warnings).toStrictEqual([]);
  });

  test('of three instances one is killed: another has its jobs within seconds', async () => {
    const url = await createDatabase(serverUrl!);
    const child = await RunningChild.start('PostgreSQL', url, 0);
    const others = [open(url), open(url)];
    await others[0]!.add([aJob()]);
    await child.begun();
    for (const queue of others) queue.start(() => Promise.resolve(), one);
    await child.kill();
    // A turn lasts 10 s, and is found within 2 more; the rest is for a busy machine
    await until('it is done', () => others[0]!.isDone('delivery-1'), 20_000);
  });

  test('while PostgreSQL is down deliveries are refused, and what was accepted is done when it is back', async () => {
    const server = await PostgresServer.start();
    opened.push(server);
    const queue = open(await createDatabase(server.url));
    const gate = aGate();
    const { handler, ids } = recorder(() => gate.opened);
    queue.start(handler, { concurrency: 2 });
    await queue.add([aJob({ id: 'runs', key: 'runs' })]);
    await until('it runs', () => ids().includes('runs'));
    await queue.add([aJob({ id: 'waits', key: 'runs' }), aJob({ id: 'later', key: 'later', delayMs: 2_000 })]);

    await server.stop();
    await expect(queue.add([aJob({ id: 'refused' })])).rejects.toThrow();
    await expect(queue.counts()).rejects.toThrow();
    gate.open();
    await server.start();

    await until('it takes jobs again', () => takes(queue, 'again'));
    for (const id of ['runs', 'waits', 'later', 'again']) {
      await until(`"${id}" is done`, () => queue.isDone(id), 30_000);
    }
    expect(await queue.isDone('refused')).toBe(false);
    expect(await queue.counts()).toMatchObject({ waiting: 0, delayed: 0, active: 0, dead: 0 });
    expect(warnings.filter((warning) => warning.includes('out of reach'))).toHaveLength(1);
    expect(warnings).toContain('PostgreSQL is back');
  });

  test('one that starts while PostgreSQL is down can be closed, and works once it is there', async () => {
    const server = await PostgresServer.start();
    opened.push(server);
    const url = await createDatabase(server.url);
    await server.stop();
    const closed = open(url);
    closed.start(() => Promise.resolve(), one);
    await closed.close();
    const queue = open(url);
    queue.start(() => Promise.resolve(), one);
    expect(await takes(queue, 'refused')).toBe(false);
    await server.start();
    await until('it takes jobs', () => takes(queue, 'a'));
    await until('it is done', () => queue.isDone('a'));
  });

  test('where the network is silent nothing waits for ever: a delivery is refused, what runs is told', async () => {
    const proxy = await SilentProxy.before(await createDatabase(serverUrl!));
    opened.push(proxy);
    const queue = open(proxy.url);
    let isTold = false;
    let runs = 0;
    queue.start(
      async (_key, _jobs, signal) => {
        runs += 1;
        if (runs === 1) await untilAborted(signal).finally(() => (isTold = true));
      },
      { concurrency: 2 },
    );
    await queue.add([aJob()]);
    await until('it runs', () => runs === 1);

    proxy.fallSilent();
    const start = Date.now();
    await expect(queue.add([aJob({ id: 'refused', key: 'other' })])).rejects.toThrow();
    expect(Date.now() - start).toBeLessThan(8_000);
    await until('it is told', () => isTold);
    proxy.speak();
    await until('it is done after all', () => queue.isDone('delivery-1').catch(() => false), 30_000);
    expect(runs).toBe(2);
  });

  test('a stop ends in time, also where PostgreSQL does not answer', async () => {
    const proxy = await SilentProxy.before(await createDatabase(serverUrl!));
    opened.push(proxy);
    const queue = open(proxy.url);
    const { calls, handler } = recorder((_key, _jobs, signal) => untilAborted(signal));
    queue.start(handler, one);
    await queue.add([aJob()]);
    await until('it runs', () => calls.length === 1);
    proxy.fallSilent();
    const start = Date.now();
    await queue.stop(500);
    expect(Date.now() - start).toBeLessThan(2_500);
    proxy.speak();
  });

  test('a turn that was asked for twice finds nothing to do', async () => {
    const url = await createDatabase(serverUrl!);
    const queue = open(url);
    const { handler, ids } = recorder();
    for (const id of ['a', 'b', 'c']) await queue.add([aJob({ id, urgency: 'background' })]);
    queue.start(handler, { concurrency: 3 });
    await until('all are done', async () => (await queue.counts()).waiting + (await queue.counts()).active === 0);
    expect(ids().sort()).toStrictEqual(['a', 'b', 'c']);
  });

  test('what a failed transaction added is nowhere: neither the job nor its turn', async () => {
    const url = await createDatabase(serverUrl!);
    const queue = open(url);
    await queue.counts();
    await execute(url, "ALTER TABLE scalegate.jobs ADD CHECK (id <> 'b')");
    await expect(queue.add([aJob({ id: 'a' }), aJob({ id: 'b' })])).rejects.toThrow();
    expect(await queue.counts()).toMatchObject({ waiting: 0 });
    await execute(url, `DO $$ BEGIN ASSERT (SELECT COUNT(*) FROM scalegate_pgboss.job) = 0; END $$`);
  });

  test('a newer version that adds a column while this one runs disturbs nothing', async () => {
    const url = await createDatabase(serverUrl!);
    const queue = open(url);
    const gate = aGate();
    const { handler, ids } = recorder((_key, [job]) => (job!.id === 'runs' ? gate.opened : Promise.resolve()));
    queue.start(handler, { concurrency: 2 });
    await queue.add([aJob({ id: 'runs' })]);
    await until('it runs', () => ids().includes('runs'));
    await execute(url, "ALTER TABLE scalegate.jobs ADD COLUMN note text NOT NULL DEFAULT ''");
    await queue.add([aJob({ id: 'waits' }), aJob({ id: 'other', key: 'other' })]);
    gate.open();
    for (const id of ['runs', 'waits', 'other']) await until(`"${id}" is done`, () => queue.isDone(id));
    expect(warnings).toStrictEqual([]);
  });

  test('a newer pg-boss changes its tables while an instance of the version before goes on', async () => {
    const url = await createDatabase(serverUrl!);
    const versionIs = (comparison: string) =>
      execute(
        url,
        `DO $$ BEGIN ASSERT (SELECT version ${comparison} (SELECT version FROM newest) FROM scalegate_pgboss.version); END $$`,
      );
    const before = open(url);
    await before.add([aJob({ id: 'a', key: 'a' }), aJob({ id: 'b', key: 'b' })]);
    await execute(url, 'CREATE TABLE newest AS SELECT version FROM scalegate_pgboss.version');
    await execute(url, getRollbackPlans('scalegate_pgboss'));
    await versionIs('<');

    const next = open(url);
    next.start(recorder().handler, one);
    await until('the newer one has done what waited', async () => (await next.isDone('a')) && (await next.isDone('b')));
    await versionIs('=');
    before.start(recorder().handler, one);
    await before.add([aJob({ id: 'c', key: 'c' })]);
    await until('what the other adds is done', () => next.isDone('c'));
    expect(warnings).toStrictEqual([]);
  });

  test('the password of the URL is told to nobody', async () => {
    const url = new URL(await createDatabase(serverUrl!));
    url.password = 'hunter2';
    url.username = 'nobody-there';
    const refused = open(url.href);
    expect(await takes(refused, 'a')).toBe(false);
    expect(warnings.length).toBeGreaterThan(0);
    expect(warnings.join('\n')).not.toContain('hunter2');
  });
});
