import type { QueueOptions } from './queue.ts';

const day = 24 * 3600_000;

/** The options with what is left out filled in. */
export type QueueSettings = Required<QueueOptions>;

export function queueSettings(options: QueueOptions): QueueSettings {
  return {
    alarm: () => undefined,
    warn: () => undefined,
    maxTries: 10,
    firstRetryMs: 2_000,
    leaseMs: 30_000,
    // Deliveries can be sent again for 3 days, for 7 on GitHub Enterprise Server ("Redelivering webhooks")
    retentionMs: 14 * day,
    random: Math.random,
    ...options,
  };
}

/** Tells a listener, whose own failure is no reason to stop working. */
export function tell<Told>(listener: (told: Told) => void, told: Told): void {
  try {
    listener(told);
  } catch {
    // Whoever listens has logged it, or has nothing to log with
  }
}
