import { randomUUID } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import { attempt } from '../attempt.ts';
import { errorText } from '../error-text.ts';
import type { Handler } from '../queue.ts';
import { Runs } from '../runs.ts';
import { tell, type QueueSettings } from '../settings.ts';
import type { GroupCommit } from './group-commit.ts';
import type { Claim } from './job-table.ts';
import type { QueueFile } from './queue-file.ts';

/** How often a worker looks for what other processes added or let go of. */
const pollMs = 100;

const pruneEveryMs = 10 * 60_000;

export interface WorkerOptions extends QueueSettings {
  readonly clock: Clock;
  readonly concurrency: number;
}

/** Takes keys and has a handler do their jobs, so many at a time. */
export class Worker {
  readonly #file: QueueFile;
  readonly #commit: GroupCommit;
  readonly #handler: Handler;
  readonly #options: WorkerOptions;
  readonly #runs: Runs;
  /** Of the leases that it holds. */
  readonly #aborts = new Map<string, AbortController>();
  readonly #stopping = new AbortController();
  /** Leases are renewed for as long as anything runs. */
  readonly #idle = new AbortController();
  readonly #taking: Promise<unknown>;
  readonly #renewing: Promise<unknown>;
  #nap = new AbortController();

  constructor(file: QueueFile, commit: GroupCommit, handler: Handler, options: WorkerOptions) {
    this.#file = file;
    this.#commit = commit;
    this.#handler = handler;
    this.#options = options;
    this.#runs = new Runs(options.clock);
    const stopping = this.#stopping.signal;
    this.#taking = Promise.all([
      this.#takeWhatIsDue(stopping),
      this.#every(pruneEveryMs, stopping, () => this.#prune()),
    ]);
    this.#renewing = this.#every(options.leaseMs / 3, this.#idle.signal, () => this.#renewAll());
  }

  /** Something was added: look now. */
  wake(): void {
    this.#nap.abort();
  }

  async stop(graceMs: number): Promise<void> {
    this.#stopping.abort();
    this.wake();
    await this.#taking;
    await this.#runs.stop(graceMs);
    this.#idle.abort();
    await this.#renewing;
  }

  async #takeWhatIsDue(stopping: AbortSignal): Promise<void> {
    while (!stopping.aborted) {
      const nap = new AbortController();
      this.#nap = nap;
      await this.#survive(async () => {
        const free = this.#options.concurrency - this.#runs.size;
        for (const claim of free > 0 ? await this.#take(free) : []) this.#begin(claim);
      });
      await this.#options.clock.sleep(this.#untilDueMs(), nap.signal);
    }
  }

  async #every(milliseconds: number, stopping: AbortSignal, work: () => Promise<void>): Promise<void> {
    while (!stopping.aborted) {
      await this.#survive(work);
      await this.#options.clock.sleep(milliseconds, stopping);
    }
  }

  /** A worker outlives whatever goes wrong: a full disk, a file that is locked for too long. */
  async #survive(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#options.warn(`The queue could not be read or written: ${errorText(error)}`);
    }
  }

  /** Until the next job is due, if that is soon. */
  #untilDueMs(): number {
    const { clock } = this.#options;
    try {
      const due = this.#file.read((table) => table.nextDue(clock.now()));
      return due === null ? pollMs : Math.min(pollMs, due - clock.now());
    } catch {
      // The next look at the queue says why
      return pollMs;
    }
  }

  /** So many keys at most, in one transaction. */
  async #take(most: number): Promise<readonly Claim[]> {
    const { clock, leaseMs } = this.#options;
    if (!this.#file.read((table) => table.hasDue(clock.now()))) return [];
    return await this.#commit.write((table) => {
      const claims: Claim[] = [];
      while (claims.length < most) {
        const claim = table.take(clock.now(), randomUUID(), clock.now() + leaseMs);
        if (claim === null) break;
        claims.push(claim);
      }
      return claims;
    });
  }

  #begin(claim: Claim): void {
    const abort = new AbortController();
    this.#aborts.set(claim.token, abort);
    void this.#runs
      .begin(abort, () => this.#do(claim, abort.signal))
      .finally(() => {
        this.#aborts.delete(claim.token);
        this.wake();
      });
  }

  async #do(claim: Claim, signal: AbortSignal): Promise<void> {
    const { clock, alarm, warn } = this.#options;
    const tried = await attempt(this.#handler, claim.key, claim.held, signal, this.#options);
    try {
      const letters = await this.#commit.write((table) => table.settle(claim.token, tried, clock.now()));
      if (letters === null) warn(`The lease of ${claim.key} was lost before its jobs were done; they are done again`);
      for (const letter of letters ?? []) tell(alarm, letter);
    } catch (error) {
      warn(`What became of ${claim.key} could not be written, its jobs are done again: ${errorText(error)}`);
    }
  }

  async #renewAll(): Promise<void> {
    const { clock, leaseMs } = this.#options;
    for (const [token, abort] of this.#aborts) {
      const isHeld = await this.#commit.write((table) => table.renew(token, clock.now() + leaseMs));
      if (!isHeld) abort.abort(new Error('The lease of this key was lost'));
    }
  }

  async #prune(): Promise<void> {
    const { clock, retentionMs } = this.#options;
    await this.#commit.write((table) => {
      table.prune(clock.now() - retentionMs);
    });
  }
}
