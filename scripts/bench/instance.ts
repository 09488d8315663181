import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { openPostgresQueue } from '../../src/app/queue/postgres/postgres-queue.ts';

// Run by deliveries-per-second.ts: one instance of several. Stores its share as a busy door does, and does what it is given.
const [url = '', name = '', share = '0'] = process.argv.slice(2);
const underWay = 16;
const workMs = 5;

const queue = openPostgresQueue(url);
await queue.counts();
queue.start(() => sleep(workMs), { concurrency: 8 });
process.once('message', () => void deliver());
process.once('disconnect', () => process.exit());
process.send?.('ready');

async function deliver(): Promise<void> {
  let left = Number(share);
  const start = performance.now();
  await Promise.all(
    Array.from({ length: underWay }, async () => {
      for (; left > 0;) {
        left -= 1;
        const id = `${name}-${left}`;
        await queue.add([{ id, key: `acme/training#${id}`, data: { kind: 'pull-request' }, urgency: 'now' }]);
      }
    }),
  );
  process.send?.(performance.now() - start);
}
