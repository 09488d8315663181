import { randomUUID } from 'node:crypto';
import { systemClock, type Clock } from '../clock.ts';
import type { Clients } from '../clients.ts';
import { explain } from '../explain.ts';
import type { Queue } from '../queue/queue.ts';
import { CurrentBasis } from './current-basis.ts';
import { mostAgeMs } from './deliveries-to-redeliver.ts';
import { redeliverFailed } from './redeliver.ts';
import { sweep } from './sweep.ts';

const redeliverEveryMs = 5 * 60_000;
/** What failed in the minute before the start is due only after another. */
const secondLookMs = 61_000;
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
  // A start looks at all approvals once; after that the hour decides, whichever instance sweeps
  let round: string = randomUUID();
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
    const count = await sweep({ ...options, currentBasis, now: new Date(clock.now()), round, signal });
    round = 'hourly';
    if (count > 0) info(`open pull requests without a current check, looked at: ${count}`);
  }

  async function once(what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!isStopping()) warn(`${what} failed, and is tried again: ${explain(error)}`);
    }
  }

  /** After the given times, the last of them again and again. */
  async function every([first, ...others]: readonly [number, ...number[]], what: string, work: () => Promise<void>) {
    let nextMs = first;
    const later = [...others];
    while (!isStopping()) {
      await once(what, work);
      await clock.sleep(nextMs, signal);
      nextMs = later.shift() ?? nextMs;
    }
  }

  const rounds = Promise.all([
    every([secondLookMs, redeliverEveryMs], 'The look for failed deliveries', redeliver),
    every([sweepEveryMs], 'The sweep of open pull requests', repair),
  ]);
  return {
    stop: async () => {
      stopping.abort();
      await rounds;
    },
  };
}
