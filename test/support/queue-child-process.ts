import { openRedisQueue } from '../../src/app/queue/redis/redis-queue.ts';
import { openSqliteQueue } from '../../src/app/queue/sqlite/sqlite-queue.ts';

// Run by queue-child.ts: says that it is there, then the ids of each key it takes, and holds on to them.
const [kind, location = '', leaseMs] = process.argv.slice(2);
const open = kind === 'SQLite' ? openSqliteQueue : openRedisQueue;
const queue = open(location, { leaseMs: Number(leaseMs) });
queue.start(
  async (_key, jobs) => {
    console.log(JSON.stringify(jobs.map(({ id }) => id)));
    await new Promise(() => undefined);
  },
  { concurrency: 1 },
);
console.log('ready');
