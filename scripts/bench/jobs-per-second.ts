import { performance } from 'node:perf_hooks';
import type { Queue } from '../../src/app/queue/queue.ts';
import { queueKinds, type QueueKind } from '../../test/support/queue-places.ts';

export interface JobsPerSecond {
  readonly queue: QueueKind['name'];
  /** Durable ones, fifty asked for at a time as by a busy door. */
  readonly adds: number;
  /** 99th percentile of the time until one is durable. */
  readonly addMs: number;
  /** From the queue through an idle handler until it is done; each of a key of its own. */
  readonly jobs: number;
}

const atOnce = 50;

/** Each queue; that in PostgreSQL where there is a server. */
export async function jobsPerSecond(postgresUrl: string | null, count = 2_000): Promise<readonly JobsPerSecond[]> {
  const measured: JobsPerSecond[] = [];
  for (const kind of queueKinds(postgresUrl)) {
    if (kind.skip) continue;
    const place = await kind.create();
    const queue = place.open();
    measured.push({ queue: kind.name, ...(await addAll(queue, count)), jobs: await doAll(queue, count) });
    await place.close();
  }
  return measured;
}

async function addAll(queue: Queue, count: number): Promise<Pick<JobsPerSecond, 'adds' | 'addMs'>> {
  const times: number[] = [];
  const start = performance.now();
  for (let first = 0; first < count; first += atOnce) {
    const numbers = Array.from({ length: atOnce }, (_, index) => first + index);
    await Promise.all(
      numbers.map(async (number) => {
        const begun = performance.now();
        const data = { kind: 'pull-request', installationId: 1, number };
        await queue.add([{ id: `delivery-${number}`, key: `acme/training#${number}`, data, urgency: 'now' }]);
        times.push(performance.now() - begun);
      }),
    );
  }
  const seconds = (performance.now() - start) / 1000;
  times.sort((one, other) => one - other);
  return { adds: count / seconds, addMs: times[Math.floor(count * 0.99)] ?? Number.NaN };
}

async function doAll(queue: Queue, count: number): Promise<number> {
  const start = performance.now();
  let done = 0;
  await new Promise<void>((resolve) => {
    queue.start(
      (_key, jobs) => {
        done += jobs.length;
        if (done === count) resolve();
        return Promise.resolve();
      },
      { concurrency: 10 },
    );
  });
  return count / ((performance.now() - start) / 1000);
}
