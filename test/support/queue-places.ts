import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPostgresQueue } from '../../src/app/queue/postgres/postgres-queue.ts';
import type { Queue, QueueOptions } from '../../src/app/queue/queue.ts';
import { openSqliteQueue } from '../../src/app/queue/sqlite/sqlite-queue.ts';
import { createDatabase, execute } from './postgres-server.ts';

/** Where the instances of one queue meet: a file, or a database. */
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
  readonly name: 'SQLite' | 'PostgreSQL';
  /** The variable that tells the App its place. */
  readonly variable: 'QUEUE_FILE' | 'DATABASE_URL';
  readonly skip: boolean;
  create(): Promise<QueuePlace>;
}

/** Opens a queue of a kind, as a process of its own does too. */
export function openQueue(kind: QueueKind['name'], location: string, options: QueueOptions): Queue {
  return kind === 'SQLite' ? openSqliteQueue(location, options) : openPostgresQueue(location, options);
}

/** The two kinds; that in PostgreSQL is skipped where there is no server. */
export function queueKinds(postgresUrl: string | null): readonly QueueKind[] {
  return [
    { name: 'SQLite', variable: 'QUEUE_FILE', skip: false, create: createSqlitePlace },
    {
      name: 'PostgreSQL',
      variable: 'DATABASE_URL',
      skip: postgresUrl === null,
      create: () => createPostgresPlace(postgresUrl ?? ''),
    },
  ];
}

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

async function createPostgresPlace(serverUrl: string): Promise<QueuePlace> {
  const location = await createDatabase(serverUrl);
  return placeOf('PostgreSQL', location, {
    deleteAll: () => execute(location, 'TRUNCATE scalegate.jobs, scalegate_pgboss.job'),
    close: () => execute(serverUrl, `DROP DATABASE ${new URL(location).pathname.slice(1)} WITH (FORCE)`),
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
