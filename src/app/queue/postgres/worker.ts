import { randomUUID } from 'node:crypto';
import { systemClock } from '../../clock.ts';
import type { Database } from '../../postgres/database.ts';
import { attempt, type TriedJob } from '../attempt.ts';
import { errorText } from '../error-text.ts';
import type { DeadLetter, Handler } from '../queue.ts';
import { Runs } from '../runs.ts';
import { tell, type QueueSettings } from '../settings.ts';
import { JobTable } from './job-table.ts';
import { turnSeconds, type Turns } from './turns.ts';

export interface WorkerOptions extends QueueSettings {
  readonly concurrency: number;
}

const lookMs = 1_000;
const pruneEveryMs = 10 * 60_000;

/** Takes turns of keys, so many at a time, and has a handler do the jobs that are due. */
export class Worker {
  readonly #database: Database;
  readonly #turns: Turns;
  readonly #handler: Handler;
  readonly #options: WorkerOptions;
  readonly #runs = new Runs(systemClock);
  readonly #stopping = new AbortController();
  readonly #idle = new AbortController();
  readonly #rounds: Promise<unknown>;

  constructor(database: Database, turns: Turns, handler: Handler, options: WorkerOptions) {
    this.#database = database;
    this.#turns = turns;
    this.#handler = handler;
    this.#options = options;
    const stopping = this.#stopping.signal;
    // While PostgreSQL is away there is nothing to take, and a stop does not wait for that
    void this.#start();
    this.#rounds = Promise.all([
      this.#every(lookMs, this.#idle.signal, () => {
        this.#abortUnheard();
      }),
      this.#every(pruneEveryMs, stopping, () => new JobTable(database.query).prune(options.retentionMs)),
    ]);
  }

  async stop(graceMs: number): Promise<void> {
    this.#stopping.abort();
    await this.#turns.rest();
    await this.#runs.stop(graceMs);
    this.#idle.abort();
    await this.#rounds;
  }

  async #start(): Promise<void> {
    const { signal } = this.#stopping;
    try {
      for (let index = 0; index < this.#options.concurrency && !signal.aborted; index += 1) {
        await this.#turns.take((key, lost) => this.#take(key, lost));
      }
      if (signal.aborted) await this.#turns.rest();
    } catch (error) {
      if (!signal.aborted) this.#options.warn(`No turns can be taken: ${errorText(error)}`);
    }
  }

  async #take(key: string, lost: AbortSignal): Promise<void> {
    // One that was given while stopping is asked for again, for whoever takes it then
    if (this.#stopping.signal.aborted) {
      await this.#database.transaction((query) => this.#turns.ask(key, 'now', query));
      return;
    }
    const abort = new AbortController();
    const signal = AbortSignal.any([lost, abort.signal]);
    await this.#runs.begin(abort, () => this.#doJobsOf(key, signal));
  }

  async #doJobsOf(key: string, signal: AbortSignal): Promise<void> {
    const { alarm, warn } = this.#options;
    const holder = randomUUID();
    const held = await new JobTable(this.#database.query).take(key, holder);
    if (held.length === 0) return;
    const tried = await attempt(this.#handler, key, held, signal, this.#options);
    const letters = await this.#settle(key, holder, tried);
    if (letters === null) warn(`The turn of ${key} was lost before its jobs were done; they are done again`);
    for (const letter of letters ?? []) tell(alarm, letter);
  }

  /** null where the jobs are another run's by now. */
  async #settle(key: string, holder: string, tried: readonly TriedJob[]): Promise<readonly DeadLetter[] | null> {
    return await this.#database.transaction(async (query) => {
      const table = new JobTable(query);
      if (!(await table.isHeld(key, holder))) return null;
      const letters = await table.settle(tried);
      const delays = new Map<number, 'now' | 'background'>();
      for (const { job, outcome } of tried) {
        if (outcome.kind !== 'again') continue;
        delays.set(outcome.delayMs, delays.get(outcome.delayMs) === 'now' ? 'now' : job.urgency);
      }
      for (const [delayMs, urgency] of delays) {
        if (delayMs > 0) await this.#turns.askLater(key, urgency, delayMs, query);
        else await this.#turns.ask(key, urgency, query);
      }
      return letters;
    });
  }

  /** Nobody says that a turn was lost while PostgreSQL is out of reach, and another instance may reach it. */
  #abortUnheard(): void {
    if (this.#database.silentMs > turnSeconds * 1000)
      this.#runs.abortAll('PostgreSQL was out of reach for as long as a turn lasts');
  }

  async #every(milliseconds: number, stopping: AbortSignal, work: () => Promise<void> | void): Promise<void> {
    for (;;) {
      await systemClock.sleep(milliseconds, stopping);
      if (stopping.aborted) return;
      try {
        await work();
      } catch (error) {
        if (!this.#database.isOutOfReach)
          this.#options.warn(`The queue could not be looked after: ${errorText(error)}`);
      }
    }
  }
}
