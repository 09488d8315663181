import { openQueue, type QueueKind } from './queue-places.ts';

// Run by queue-child.ts: says that it is there, then the ids of each key it takes, and holds on to them.
const [kind, location = '', leaseMs] = process.argv.slice(2);
const queue = openQueue(kind as QueueKind['name'], location, { leaseMs: Number(leaseMs) });
queue.start(
  async (_key, jobs) => {
    console.log(JSON.stringify(jobs.map(({ id }) => id)));
    await new Promise(() => undefined);
  },
  { concurrency: 1 },
);
console.log('ready');
