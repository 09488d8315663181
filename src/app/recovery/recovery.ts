import { systemClock, type Clock } from '../clock.ts';
import type { Clients } from '../clients.ts';
import { explain } from '../explain.ts';
import type { Queue } from '../queue/queue.ts';
import { CurrentBasis } from './current-basis.ts';
import { mostAgeMs } from './deliveries-to-redeliver.ts';
import { redeliverFailed } from './redeliver.ts';
import { sweep } from './sweep.ts';

const redeliverEveryMs = 5 * 60_000;
const sweepEveryMs = 30 * 60_000;

/** Between the long looks back, which only find what was not yet due or did not fit into one round. */
const shortLookMs = 3600_000;
const longLookEveryMs = 6 * 3600_000;

export interface RecoveryOptions {
  /** Those of the sweep, which are the first to hold back where a limit runs out. */
  readonly clients: Clients;
  readonly queue: Queue;
  readonly appId: number;
  readonly checkName: string;
  readonly info: (message: string) => void;
  readonly warn: (message: string) => void;
  readonly clock?: Clock;
}

export interface Recovery {
  stop(): Promise<void>;
}

/**
 * Brings back what was missed, at once and every few minutes: deliveries that got no good answer are sent again, and open
 * pull requests whose check is missing are looked at.
 */
export function startRecovery({ clock = systemClock, ...options }: RecoveryOptions): Recovery {
  const { clients, queue, info, warn } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  const currentBasis = new CurrentBasis();
  let lastLongLook = -Infinity;
  const isStopping = () => signal.aborted;

  async function redeliver(): Promise<void> {
    const now = clock.now();
    const isLong = now - lastLongLook >= longLookEveryMs;
    const since = new Date(now - (isLong ? mostAgeMs : shortLookMs));
    const count = await redeliverFailed({ client: clients.app(signal), queue, since, now: new Date(now), warn });
    if (isLong) lastLongLook = now;
    if (count > 0) info(`deliveries without a good answer, sent again: ${count}`);
  }

  async function repair(): Promise<void> {
    const count = await sweep({ ...options, currentBasis, now: new Date(clock.now()), signal });
    if (count > 0) info(`open pull requests without a current check, looked at: ${count}`);
  }

  async function every(milliseconds: number, what: string, work: () => Promise<void>): Promise<void> {
    while (!isStopping()) {
      try {
        await work();
      } catch (error) {
        if (!isStopping()) warn(`${what} failed, and is tried again: ${explain(error)}`);
      }
      await clock.sleep(milliseconds, signal);
    }
  }

  const rounds = Promise.all([
    every(redeliverEveryMs, 'The look for failed deliveries', redeliver),
    every(sweepEveryMs, 'The sweep of open pull requests', repair),
  ]);
  return {
    stop: async () => {
      stopping.abort();
      await rounds;
    },
  };
}
