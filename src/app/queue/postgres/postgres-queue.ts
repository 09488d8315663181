import { Database } from '../../postgres/database.ts';
import type { Counts, DeadLetter, Handler, Job, Queue, QueueOptions } from '../queue.ts';
import { queueSettings, type QueueSettings } from '../settings.ts';
import { JobTable } from './job-table.ts';
import { Turns } from './turns.ts';
import { Worker } from './worker.ts';

/** Those that run take none for long; GitHub delivers in bursts. */
const connections = 10;

/**
 * The queue in PostgreSQL, for several instances: a job is a row, and pg-boss says whose turn it is to look at the jobs of
 * a key. Connects when it can. How long a run may be silent is pg-boss's to say, so `leaseMs` is not used.
 */
export function openPostgresQueue(url: string, options: QueueOptions = {}): Queue {
  return new PostgresQueue(url, queueSettings(options));
}

class PostgresQueue implements Queue {
  readonly #settings: QueueSettings;
  readonly #database: Database;
  readonly #turns: Turns;
  #worker: Worker | null = null;

  constructor(url: string, settings: QueueSettings) {
    this.#settings = settings;
    this.#database = new Database(url, { connections, warn: settings.warn });
    this.#turns = new Turns(this.#database, settings.warn);
  }

  /** A job and the turn in which it is done are stored together or not at all. */
  async add(jobs: readonly Job[]): Promise<void> {
    if (jobs.length === 0) return;
    // All in one order, so that two that add the same ones do not wait for each other
    const entries = jobs
      .map((job) => ({ job, data: JSON.stringify(job.data ?? null) }))
      .sort(({ job: one }, { job: other }) => compare(one.key, other.key) || compare(one.id, other.id));
    await this.#turns.ready();
    await this.#database.transaction(async (query) => {
      const table = new JobTable(query);
      for (const { job, data } of entries) {
        const { key, urgency, delayMs = 0 } = job;
        if (!(await table.add(job, data))) continue;
        if (delayMs > 0) await this.#turns.askLater(key, urgency, delayMs, query);
        else await this.#turns.ask(key, urgency, query);
      }
    });
    this.#turns.wake(jobs.length);
  }

  start(handler: Handler, { concurrency }: { readonly concurrency: number }): void {
    if (this.#worker !== null) throw new Error('The queue was started before');
    this.#worker = new Worker(this.#database, this.#turns, handler, { ...this.#settings, concurrency });
  }

  async stop(graceMs: number): Promise<void> {
    await this.#worker?.stop(graceMs);
  }

  async isDone(id: string): Promise<boolean> {
    return await (await this.#table()).isDone(id);
  }

  async counts(): Promise<Counts> {
    return await (await this.#table()).counts();
  }

  async deadLetters(most: number): Promise<readonly DeadLetter[]> {
    return await (await this.#table()).deadLetters(most);
  }

  async retryDeadLetters(): Promise<number> {
    await this.#turns.ready();
    const keys = await this.#database.transaction(async (query) => {
      const retried = await new JobTable(query).retryDeadLetters();
      for (const key of [...new Set(retried)].sort(compare)) await this.#turns.ask(key, 'now', query);
      return retried;
    });
    this.#turns.wake(keys.length);
    return keys.length;
  }

  async close(): Promise<void> {
    await this.stop(0);
    await this.#turns.close();
    await this.#database.close();
  }

  async #table(): Promise<JobTable> {
    await this.#turns.ready();
    return new JobTable(this.#database.query);
  }
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
