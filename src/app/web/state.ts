import type { Counts } from '../queue/queue.ts';

/** How the app is, as far as strangers may know: nothing about repositories. */
export interface State {
  readonly startedAt: Date;
  readonly now: Date;
  /** null where the queue can't be reached. */
  readonly counts: Counts | null;
  /** When a worker of this process last finished a job; null before the first. */
  readonly lastHandledAt: Date | null;
}
