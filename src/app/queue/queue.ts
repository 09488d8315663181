/** One thing to look at again. Jobs of one key are done one at a time, and all that are due are handed over together. */
export interface Job {
  /** The delivery's GUID, or one that a sweep made. What was completed under an id is not done again, what failed is. */
  readonly id: string;
  /** What the job is about, `acme/training#12`: the unit of coalescing and of exclusion, over all processes. */
  readonly key: string;
  /** Plain JSON; the queue does not look into it. */
  readonly data: unknown;
  /** People wait for `now`; `background` is taken when no `now` is due. */
  readonly urgency: 'now' | 'background';
  /** Milliseconds from now before which it is not taken. */
  readonly delayMs?: number;
}

/**
 * Done at least once, and no more once it was completed. The handler finds the state of the world by itself; a queue that
 * is deleted loses nothing that the recovery does not bring back.
 */
export interface Queue {
  /** Resolves when the jobs are durable; rejects when they may not be: only then is a delivery answered, or refused. */
  add(jobs: readonly Job[]): Promise<void>;
  /** Takes keys until stopped; once a queue. */
  start(handler: Handler, options: { readonly concurrency: number }): void;
  /** Waits for what runs, then aborts it and gives its jobs back; they count no try. The queue still takes jobs. */
  stop(graceMs: number): Promise<void>;
  /** Whether it was completed within `retentionMs`. */
  isDone(id: string): Promise<boolean>;
  /** Rejects when the queue cannot be reached, which is what readiness asks. */
  counts(): Promise<Counts>;
  /** The newest first. */
  deadLetters(most: number): Promise<readonly DeadLetter[]>;
  /** Has all dead letters wait again, with all their tries before them; says how many. */
  retryDeadLetters(): Promise<number>;
  /** Stops at once where it runs, and lets go of the file or the connections. */
  close(): Promise<void>;
}

/**
 * Does all jobs of one key that are due. Whatever it throws has them tried again later, `Later` without counting a try.
 * Once `signal` is aborted nothing more may be written anywhere: the key may be somebody else's by then. `retryInMs` is when
 * they are tried again if this fails, and null where any of them is given up then.
 */
export type Handler = (
  key: string,
  jobs: readonly Job[],
  signal: AbortSignal,
  retryInMs?: number | null,
) => Promise<void>;

/** Jobs by what becomes of them next. */
export interface Counts {
  readonly waiting: number;
  /** Put off by `delayMs`, by `Later`, or until their next try. */
  readonly delayed: number;
  readonly active: number;
  readonly dead: number;
  readonly oldestWaitingMs: number | null;
}

/** A job that failed at every try. */
export interface DeadLetter {
  readonly job: Job;
  readonly tries: number;
  /** Shortened, and without anything that looks like a token. */
  readonly error: string;
  readonly diedAt: Date;
}

/** Thrown by a handler that is asked to wait: it is called again after a time, and that counts as no failed try. */
export class Later extends Error {
  override name = 'Later';
  readonly delayMs: number;

  constructor(delayMs: number, why: string) {
    super(why);
    this.delayMs = delayMs;
  }
}

/** What both queues are opened with. */
export interface QueueOptions {
  /** Told of every dead letter, for logs and metrics; whatever it throws is ignored. */
  readonly alarm?: (letter: DeadLetter) => void;
  /** Told of what the operator should know: a queue file that was started afresh, PostgreSQL out of reach. */
  readonly warn?: (message: string) => void;
  readonly maxTries?: number;
  /** How long after the last sign of life of a worker its keys are taken up by another; PostgreSQL has its own 10 s. */
  readonly leaseMs?: number;
  /** How long completed ids are remembered. */
  readonly retentionMs?: number;
  /** How long to wait after the first failed try; it grows with each. */
  readonly firstRetryMs?: number;
  /** Uniform in [0, 1), for the jitter of retries. */
  readonly random?: () => number;
}
