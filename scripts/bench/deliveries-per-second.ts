import { fork } from 'node:child_process';
import { once } from 'node:events';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { openPostgresQueue } from '../../src/app/queue/postgres/postgres-queue.ts';
import { createDatabase } from '../../test/support/postgres-server.ts';
import { until } from '../../test/support/until.ts';

export interface DeliveriesPerSecond {
  readonly instances: number;
  /** Until all are stored, by the slowest instance. */
  readonly stored: number;
  /** Until all are done as well, each of a key of its own and 5 ms of work. */
  readonly done: number;
}

const script = fileURLToPath(new URL('instance.ts', import.meta.url));

/** Deliveries that so many instances take and do together, each a process of its own, on one PostgreSQL. */
export async function deliveriesPerSecond(
  postgresUrl: string,
  instances: number,
  count = 2_000,
): Promise<DeliveriesPerSecond> {
  const url = await createDatabase(postgresUrl);
  const queue = openPostgresQueue(url);
  const share = Math.floor(count / instances);
  const processes = Array.from({ length: instances }, (_, index) => fork(script, [url, `${index}`, `${share}`]));
  await Promise.all(processes.map((process) => once(process, 'message')));
  const start = performance.now();
  const took = processes.map(async (process) => {
    process.send('go');
    const [ms] = (await once(process, 'message')) as [number];
    return ms;
  });
  const storedMs = Math.max(...(await Promise.all(took)));
  await until(
    'all are done',
    async () => {
      const { waiting, active } = await queue.counts();
      return waiting + active === 0;
    },
    120_000,
  );
  const doneMs = performance.now() - start;
  for (const process of processes) process.disconnect();
  await queue.close();
  const total = share * instances;
  return { instances, stored: total / (storedMs / 1000), done: total / (doneMs / 1000) };
}
