import type { Settings } from '../settings.ts';
import { openPostgresQueue } from './postgres/postgres-queue.ts';
import type { Queue, QueueOptions } from './queue.ts';
import { openSqliteQueue } from './sqlite/sqlite-queue.ts';

/** The queue that the settings name: in PostgreSQL for several instances, else in a file. */
export function openQueue(where: Settings['queue'], options: QueueOptions): Queue {
  return 'databaseUrl' in where ? openPostgresQueue(where.databaseUrl, options) : openSqliteQueue(where.file, options);
}
