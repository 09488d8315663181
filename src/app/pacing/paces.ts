import type { Pause } from '../../github/http/patience.ts';
import type { Budget } from '../../github/http/rate-limit.ts';

/** What a request is for. Where the limit runs out sweeps stop first, then comments are put off, and checks go last. */
export type Purpose = 'check' | 'comment' | 'sweep';

/** What the clients of each installation wait for together, over all instances that share the limit. */
export interface Paces {
  /** The pause of an installation for requests of a purpose; null is the app itself. */
  of(installationId: number | null, purpose: Purpose): Pause;
  /** What to tell people who wait. */
  state(installationId: number | null): Promise<Pace>;
  close(): Promise<void>;
}

/** Times are milliseconds since 1970. */
export interface Pace {
  readonly pausedUntil: number;
  readonly nextWriteAt: number;
  readonly budgets: readonly Budget[];
}

/** A GitHub of one's own need not be written to slowly: that of a test, or of a bench. */
export interface PacesOptions {
  readonly now?: () => number;
  readonly writesApartMs?: number;
}

/** The part of the limit that is left to what is more urgent. */
const leftToOthers: Record<Purpose, number> = { check: 0, comment: 0.05, sweep: 0.25 };

/** From when on a request of a purpose may be sent. */
export function mayBeSentFrom({ pausedUntil, budgets }: Pace, purpose: Purpose, now: number): number {
  const isLow = ({ limit, remaining, resetsAt }: Budget) => {
    return resetsAt > now && remaining < limit * leftToOthers[purpose];
  };
  return Math.max(pausedUntil, ...budgets.filter(isLow).map(({ resetsAt }) => resetsAt));
}
