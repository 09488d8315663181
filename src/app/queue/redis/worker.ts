import { randomUUID } from 'node:crypto';
import { Worker as BellWorker, type Job as BellJob } from 'bullmq';
import type { Redis } from 'ioredis';
import { systemClock } from '../../clock.ts';
import { attempt, type TriedJob } from '../attempt.ts';
import { errorText } from '../error-text.ts';
import type { DeadLetter, Handler } from '../queue.ts';
import { tell, type QueueSettings } from '../settings.ts';
import type { BellData, Bells } from './bells.ts';
import type { Bell, Mailboxes } from './mailboxes.ts';

export interface WorkerOptions extends QueueSettings {
  readonly name: string;
  readonly prefix: string;
  readonly concurrency: number;
}

/** How long an aborted handler may take to notice. What one that does not was doing is taken up when its lock runs out. */
const abortMs = 1_000;

/** How late mail may be found whose bell was lost: with a part of Redis, or with a process between the two writes. */
const overdueMs = 60_000;

interface Run {
  /** Given again where Redis was emptied. */
  readonly bellId: string;
  readonly abort: AbortController;
  readonly ended: Promise<void>;
  renewedAt: number;
}

/** Answers bells: one at a time of a key, which BullMQ sees to, and so many keys at a time. */
export class Worker {
  readonly #mailboxes: Mailboxes;
  readonly #bells: Bells;
  readonly #handler: Handler;
  readonly #options: WorkerOptions;
  readonly #worker: BellWorker<BellData>;
  readonly #runs = new Set<Run>();
  readonly #stopping = new AbortController();
  readonly #idle = new AbortController();
  readonly #rounds: Promise<unknown>;

  constructor(connection: Redis, mailboxes: Mailboxes, bells: Bells, handler: Handler, options: WorkerOptions) {
    this.#mailboxes = mailboxes;
    this.#bells = bells;
    this.#handler = handler;
    this.#options = options;
    const { name, prefix, concurrency, leaseMs } = options;
    this.#worker = new BellWorker<BellData>(name, (bell) => this.#answer(bell), {
      connection,
      prefix,
      concurrency,
      lockDuration: leaseMs,
      stalledInterval: leaseMs,
      // A job that takes its worker down uses up its own tries; the bell of the key has to go on ringing
      maxStalledCount: Number.MAX_SAFE_INTEGER,
      runRetryDelay: 1_000,
    });
    // Outages are told of by the connection, lost locks below
    this.#worker.on('error', () => undefined);
    this.#worker.on('locksRenewed', ({ jobIds }) => {
      this.#renewed(jobIds);
    });
    this.#worker.on('lockRenewalFailed', (jobIds) => {
      this.#lost(jobIds);
    });
    this.#rounds = Promise.all([
      this.#every(overdueMs, this.#stopping.signal, () => this.#findOverdue()),
      this.#every(leaseMs / 4, this.#idle.signal, () => this.#abortUnrenewed()),
    ]);
  }

  async stop(graceMs: number): Promise<void> {
    this.#stopping.abort();
    await this.#worker.pause(true);
    await this.#idleWithin(graceMs);
    for (const { abort } of this.#runs) abort.abort(new Error('scalegate stops'));
    await this.#idleWithin(abortMs);
    this.#idle.abort();
    await this.#worker.close(this.#runs.size > 0);
    await this.#rounds;
  }

  async #idleWithin(milliseconds: number): Promise<void> {
    const isIdle = new AbortController();
    const idle = Promise.all([...this.#runs].map(({ ended }) => ended)).then(() => {
      isIdle.abort();
    });
    await Promise.race([idle, systemClock.sleep(milliseconds, isIdle.signal)]);
  }

  async #answer(bell: BellJob<BellData>): Promise<void> {
    const { key, urgency } = bell.data;
    // A bell for later, or one that was fetched while stopping: it rings again, for whoever answers then
    if (bell.name === 'later' || this.#stopping.signal.aborted) {
      await this.#bells.ring([{ key, urgency, hurry: false, delayMs: 0 }]);
      return;
    }
    const abort = new AbortController();
    const done = this.#doJobsOf(bell, abort.signal);
    // What goes wrong is thrown to BullMQ, below
    const ended = done.catch(() => undefined);
    const run = { bellId: bell.id ?? '', abort, ended, renewedAt: Date.now() };
    this.#runs.add(run);
    try {
      await done;
    } finally {
      this.#runs.delete(run);
    }
  }

  async #doJobsOf({ data: { key, urgency } }: BellJob<BellData>, signal: AbortSignal): Promise<void> {
    const { warn } = this.#options;
    const token = randomUUID();
    const taken = await this.#mailboxes.take(key, token);
    if (taken === null || typeof taken === 'number') {
      await this.#ringLater({ key, urgency, hurry: false, delayMs: taken ?? -1 });
      return;
    }
    const tried = await attempt(this.#handler, key, taken, signal, this.#options);
    const { wasHeld, nextMs } = await this.#mailboxes.settle(key, token, tried, this.#options.retentionMs);
    if (!wasHeld) warn(`The lease of ${key} was lost before its jobs were done; they are done again`);
    else this.#raiseAlarms(tried);
    await this.#ringLater({ key, urgency, hurry: false, delayMs: nextMs ?? -1 });
  }

  /** Whether it is due at once or later; not where nothing waits. */
  async #ringLater(bell: Bell): Promise<void> {
    if (bell.delayMs >= 0) await this.#bells.ring([bell]);
  }

  #raiseAlarms(tried: readonly TriedJob[]): void {
    for (const { job, tries, outcome } of tried) {
      if (outcome.kind !== 'dead') continue;
      const letter: DeadLetter = { job, tries, error: outcome.error, diedAt: new Date() };
      tell(this.#options.alarm, letter);
    }
  }

  #renewed(bellIds: readonly string[]): void {
    for (const run of this.#runs) if (bellIds.includes(run.bellId)) run.renewedAt = Date.now();
  }

  #lost(bellIds: readonly string[]): void {
    for (const run of this.#runs) if (bellIds.includes(run.bellId)) abortLost(run);
  }

  /** While Redis is out of reach nobody says that a lock was lost, and another instance may see more of Redis. */
  async #abortUnrenewed(): Promise<void> {
    for (const run of this.#runs) if (Date.now() - run.renewedAt > this.#options.leaseMs) abortLost(run);
    await Promise.resolve();
  }

  async #findOverdue(): Promise<void> {
    const { retentionMs } = this.#options;
    const keys = await this.#mailboxes.overdue(overdueMs, 1_000);
    await this.#bells.ring(keys.map((key) => ({ key, urgency: 'background', hurry: false, delayMs: 0 })));
    await this.#mailboxes.prune(retentionMs);
  }

  async #every(milliseconds: number, stopping: AbortSignal, work: () => Promise<void>): Promise<void> {
    while (!stopping.aborted) {
      try {
        await work();
      } catch (error) {
        this.#options.warn(`The queue in Redis could not be looked after: ${errorText(error)}`);
      }
      await systemClock.sleep(milliseconds, stopping);
    }
  }
}

function abortLost({ abort }: Run): void {
  abort.abort(new Error('The lock of this key was lost'));
}
