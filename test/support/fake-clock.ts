import type { Clock } from '../../src/app/clock.ts';

/** A clock that stands still until it is advanced. */
export class FakeClock implements Clock {
  #now = Date.UTC(2026, 0, 1);
  readonly #sleepers = new Set<{ readonly wakesAt: number; readonly wake: () => void }>();

  now(): number {
    return this.#now;
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const sleeper = { wakesAt: this.#now + milliseconds, wake };
      const sleepers = this.#sleepers;
      function wake(): void {
        sleepers.delete(sleeper);
        signal?.removeEventListener('abort', wake);
        resolve();
      }
      if (signal?.aborted === true) {
        resolve();
        return;
      }
      sleepers.add(sleeper);
      signal?.addEventListener('abort', wake);
    });
  }

  /** Lets time pass, and whoever wakes up meanwhile do what it has to do before more time passes. */
  async advance(milliseconds: number): Promise<void> {
    const end = this.#now + milliseconds;
    await settle();
    for (;;) {
      const next = [...this.#sleepers].sort((one, other) => one.wakesAt - other.wakesAt)[0];
      if (next === undefined || next.wakesAt > end) break;
      this.#now = Math.max(this.#now, next.wakesAt);
      next.wake();
      await settle();
    }
    this.#now = end;
    await settle();
  }

  /** Lets much time pass at once, as while a machine sleeps. */
  async leap(milliseconds: number): Promise<void> {
    await settle();
    this.#now += milliseconds;
    for (const { wakesAt, wake } of [...this.#sleepers]) if (wakesAt <= this.#now) wake();
    await settle();
  }
}

/** Several turns of the event loop: a turn commits what the one before it asked for. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
