import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import type { Queue, QueueOptions } from '../../src/app/queue/queue.ts';
import { openRedisQueue } from '../../src/app/queue/redis/redis-queue.ts';
import { openSqliteQueue } from '../../src/app/queue/sqlite/sqlite-queue.ts';
import { RedisServer, whyNoRedis } from './redis-server.ts';

/** Where the instances of one queue meet: a file, or a Redis. */
export interface QueuePlace {
  /** The path or the URL. */
  readonly location: string;
  /** Another instance, that of a process of its own as far as the queue can tell. */
  open(options?: QueueOptions): Queue;
  /** What an operator may do at any time. */
  deleteAll(): Promise<void>;
  close(): Promise<void>;
}

export interface QueueKind {
  readonly name: 'SQLite' | 'Redis';
  readonly skip: boolean;
  create(): Promise<QueuePlace>;
}

/** Opens a queue of a kind, as a process of its own does too. */
export function openQueue(kind: QueueKind['name'], location: string, options: QueueOptions): Queue {
  return kind === 'SQLite' ? openSqliteQueue(location, options) : openRedisQueue(location, options);
}

/** The two kinds; Redis is skipped where there is none. */
export const queueKinds: readonly QueueKind[] = [
  { name: 'SQLite', skip: false, create: createSqlitePlace },
  { name: 'Redis', skip: (await whyNoRedis()) !== null, create: createRedisPlace },
];

function createSqlitePlace(): Promise<QueuePlace> {
  const folder = mkdtempSync(join(tmpdir(), 'scalegate-queue-'));
  const location = join(folder, 'queue.db');
  return Promise.resolve(
    placeOf('SQLite', location, {
      deleteAll() {
        for (const suffix of ['', '-wal', '-shm']) rmSync(`${location}${suffix}`, { force: true });
        return Promise.resolve();
      },
      close() {
        rmSync(folder, { recursive: true, force: true });
        return Promise.resolve();
      },
    }),
  );
}

async function createRedisPlace(): Promise<QueuePlace> {
  const server = await RedisServer.start();
  return placeOf('Redis', server.url, {
    async deleteAll() {
      const redis = new Redis(server.url);
      await redis.flushall();
      redis.disconnect();
    },
    close: () => server.close(),
  });
}

function placeOf(
  kind: QueueKind['name'],
  location: string,
  { deleteAll, close }: Pick<QueuePlace, 'deleteAll' | 'close'>,
): QueuePlace {
  const opened: Queue[] = [];
  return {
    location,
    deleteAll,
    open(options = {}) {
      const queue = openQueue(kind, location, { firstRetryMs: 1, warn: () => undefined, ...options });
      opened.push(queue);
      return queue;
    },
    async close() {
      await Promise.all(opened.map((queue) => queue.close()));
      await close();
    },
  };
}
