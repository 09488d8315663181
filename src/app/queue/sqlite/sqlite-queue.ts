import { systemClock, type Clock } from '../../clock.ts';
import type { Counts, DeadLetter, Handler, Job, Queue, QueueOptions } from '../queue.ts';
import { queueSettings, type QueueSettings } from '../settings.ts';
import { GroupCommit } from './group-commit.ts';
import type { JobTable } from './job-table.ts';
import { QueueFile } from './queue-file.ts';
import { Worker } from './worker.ts';

export interface SqliteQueueOptions extends QueueOptions {
  readonly clock?: Clock;
}

/** The queue in one SQLite file, which several processes of one machine may share. Throws where there can be no file. */
export function openSqliteQueue(path: string, { clock = systemClock, ...options }: SqliteQueueOptions = {}): Queue {
  return new SqliteQueue(path, queueSettings(options), clock);
}

class SqliteQueue implements Queue {
  readonly #settings: QueueSettings;
  readonly #clock: Clock;
  readonly #file: QueueFile;
  readonly #commit: GroupCommit;
  #worker: Worker | null = null;

  constructor(path: string, settings: QueueSettings, clock: Clock) {
    this.#settings = settings;
    this.#clock = clock;
    this.#file = new QueueFile(path, settings.warn);
    this.#commit = new GroupCommit(this.#file);
  }

  async add(jobs: readonly Job[]): Promise<void> {
    if (jobs.length === 0) return;
    // Before the transaction, which is shared: one job that is no JSON must not take others with it
    const entries = jobs.map((job) => ({ job, data: JSON.stringify(job.data ?? null) }));
    await this.#commit.write((table) => {
      for (const { job, data } of entries) table.add(job, data, this.#clock.now());
    });
    this.#worker?.wake();
  }

  start(handler: Handler, { concurrency }: { readonly concurrency: number }): void {
    if (this.#worker !== null) throw new Error('The queue was started before');
    this.#worker = new Worker(this.#file, this.#commit, handler, {
      ...this.#settings,
      clock: this.#clock,
      concurrency,
    });
  }

  async stop(graceMs: number): Promise<void> {
    await this.#worker?.stop(graceMs);
  }

  async isDone(id: string): Promise<boolean> {
    return await this.#read((table) => table.isDone(id));
  }

  async counts(): Promise<Counts> {
    return await this.#read((table) => table.counts(this.#clock.now()));
  }

  async deadLetters(most: number): Promise<readonly DeadLetter[]> {
    return await this.#read((table) => table.deadLetters(most));
  }

  async retryDeadLetters(): Promise<number> {
    const count = await this.#commit.write((table) => table.retryDeadLetters(this.#clock.now()));
    this.#worker?.wake();
    return count;
  }

  async close(): Promise<void> {
    await this.stop(0);
    this.#file.close();
  }

  #read<Result>(work: (table: JobTable) => Result): Promise<Result> {
    return new Promise((resolve) => {
      resolve(this.#file.read(work));
    });
  }
}
