import { setTimeout as after } from 'node:timers/promises';

/** Time as the App needs it, so that a test need not wait. */
export interface Clock {
  now(): number;
  /** Resolves after a time, or as soon as the signal is aborted. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: Date.now,
  async sleep(milliseconds, signal) {
    try {
      await after(milliseconds, undefined, signal === undefined ? {} : { signal });
    } catch (error) {
      if (signal?.aborted !== true) throw error;
    }
  },
};
