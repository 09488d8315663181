import { Redis } from 'ioredis';
import { afterEach, describe, expect, test } from 'vitest';
import { RedisServer, whyNoRedis } from '../../../../test/support/redis-server.ts';
import { until } from '../../../../test/support/until.ts';
import type { Job, Queue } from '../queue.ts';
import { openRedisQueue, type RedisQueueOptions } from './redis-queue.ts';

const noRedis = await whyNoRedis();
const job: Job = { id: 'a', key: 'acme/training#1', data: null, urgency: 'now' };
const one = { concurrency: 1 };

describe.skipIf(noRedis !== null)('the queue in Redis', () => {
  let server: RedisServer;
  const opened: Queue[] = [];
  const warnings: string[] = [];

  function open(options: RedisQueueOptions = {}, url = server.url): Queue {
    const queue = openRedisQueue(url, { firstRetryMs: 1, warn: (message) => warnings.push(message), ...options });
    opened.push(queue);
    return queue;
  }

  afterEach(async () => {
    await Promise.all(opened.splice(0).map((queue) => queue.close()));
    await server.close();
    warnings.length = 0;
  });

  test('while Redis is down deliveries are refused, and when it is back the workers go on', async () => {
    server = await RedisServer.start();
    await server.stop();
    const queue = open();
    queue.start(() => Promise.resolve(), one);
    await expect(queue.add([job])).rejects.toThrow();
    await expect(queue.counts()).rejects.toThrow();

    await server.start();
    await until('it takes jobs', () =>
      queue.add([job]).then(
        () => true,
        () => false,
      ),
    );
    await until('it is done', () => queue.isDone('a'));

    await server.stop();
    await expect(queue.add([{ ...job, id: 'b' }])).rejects.toThrow();
    await server.start();
    await until('it takes jobs again', () =>
      queue.add([{ ...job, id: 'b' }]).then(
        () => true,
        () => false,
      ),
    );
    await until('the next is done', () => queue.isDone('b'));
    expect(warnings.filter((warning) => warning.includes('out of reach'))).toHaveLength(2);
  }, 60_000);

  test('a password is used, and told to nobody', async () => {
    server = await RedisServer.start('--requirepass', 'hunter2');
    const queue = open({}, `redis://:hunter2@127.0.0.1:${server.port}`);
    queue.start(() => Promise.resolve(), one);
    await queue.add([job]);
    await until('it is done', () => queue.isDone('a'));
    const refused = open({}, `redis://:wrong-secret@127.0.0.1:${server.port}`);
    await expect(refused.add([job])).rejects.toThrow();
    expect(warnings.join('\n')).not.toContain('wrong-secret');
  });

  test('all keys have the prefix, and queues of different prefixes know nothing of each other', async () => {
    server = await RedisServer.start();
    const queue = open({ prefix: 'team-a' });
    queue.start(() => Promise.reject(new Error('no')), one);
    await queue.add([job, { ...job, id: 'b', delayMs: 60_000 }]);
    const redis = new Redis(server.url);
    const keys = await redis.keys('*');
    redis.disconnect();
    expect(keys.filter((key) => !key.startsWith('{team-a}:'))).toStrictEqual([]);
    expect(await open({ prefix: 'team-b' }).counts()).toMatchObject({ waiting: 0, delayed: 0, active: 0 });
  });

  test('mail whose bell was lost is found again', async () => {
    server = await RedisServer.start();
    const queue = open();
    await queue.add([{ ...job, delayMs: 1 }]);
    const redis = new Redis(server.url);
    for (const key of await redis.keys('{scalegate}:bells:*')) await redis.del(key);
    // As if it had been due for long
    await redis.zadd('{scalegate}:mail:waiting', Date.now() - 3600_000, 'a');
    redis.disconnect();
    queue.start(() => Promise.resolve(), one);
    await until('it is done', () => queue.isDone('a'));
  });
});
