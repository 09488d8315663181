import type { Clock } from '../clock.ts';

/** How long an aborted handler may take to notice. What one that does not was doing is taken up when the process is gone. */
const abortMs = 1_000;

/** What a worker has under way, each with a signal that ends it. */
export class Runs {
  readonly #runs = new Map<AbortController, Promise<void>>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get size(): number {
    return this.#runs.size;
  }

  /** Begins a run, which is over when `work` settles. */
  begin(abort: AbortController, work: () => Promise<void>): Promise<void> {
    const ended = work().finally(() => this.#runs.delete(abort));
    this.#runs.set(
      abort,
      ended.catch(() => undefined),
    );
    return ended;
  }

  abortAll(why: string): void {
    for (const abort of this.#runs.keys()) abort.abort(new Error(why));
  }

  /** Waits for what runs, then aborts it. */
  async stop(graceMs: number): Promise<void> {
    await this.#idleWithin(graceMs);
    this.abortAll('scalegate stops');
    await this.#idleWithin(abortMs);
  }

  async #idleWithin(milliseconds: number): Promise<void> {
    const isIdle = new AbortController();
    const idle = Promise.all(this.#runs.values()).then(() => {
      isIdle.abort();
    });
    await Promise.race([idle, this.#clock.sleep(milliseconds, isIdle.signal)]);
  }
}
