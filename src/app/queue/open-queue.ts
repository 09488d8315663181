import type { Settings } from '../settings.ts';
import type { Queue, QueueOptions } from './queue.ts';
import { openRedisQueue } from './redis/redis-queue.ts';
import { openSqliteQueue } from './sqlite/sqlite-queue.ts';

/** The queue that the settings name: in Redis for several instances, else in a file. */
export function openQueue(where: Settings['queue'], options: QueueOptions): Queue {
  return 'redisUrl' in where ? openRedisQueue(where.redisUrl, options) : openSqliteQueue(where.file, options);
}
