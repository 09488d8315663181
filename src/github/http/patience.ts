import { setTimeout as sleep } from 'node:timers/promises';
import { nextBackOff, type BackOff } from './back-off.ts';
import { createLane } from './lane.ts';
import {
  budgetOf,
  isLimit,
  isLimitedQuery,
  limitWait,
  type Budget,
  type Headers,
  type LimitWait,
} from './rate-limit.ts';

/** Time as this file needs it, so that a test need not wait. */
export interface Clock {
  now(): number;
  sleep(milliseconds: number): Promise<unknown>;
  /** Aborts after a time; AbortSignal's own where left out. */
  timeout?(milliseconds: number): AbortSignal;
}

/** What all clients share whose limit is the same one. Times are milliseconds since 1970. */
export interface Pause {
  /** From when on requests may be sent again. */
  until(): number | Promise<number>;
  extend(until: number): void | Promise<void>;
  /** Until when to wait where GitHub does not say it: each time longer than the last. */
  backOff(now: number): number | Promise<number>;
  /**
   * When a request that writes may be sent, whose place it takes unless that is too late for it; at once where left out.
   * `repository`: what it writes to, `acme/training`; null for what is in none.
   */
  placeForWrite?(latest: number, repository: string | null): number | Promise<number>;
  /** What GitHub says is left of the limit. */
  note?(budget: Budget): void | Promise<void>;
}

/** GitHub asks to wait longer than there is patience for. */
export class RateLimited extends Error {
  override name = 'RateLimited';
  readonly waitMs: number;

  constructor(waitMs: number, cause: unknown) {
    const seconds = Math.ceil(waitMs / 1000);
    super(`GitHub asks to wait ${seconds} s; scalegate waits ${maxWaitMs / 1000} s at most`, { cause });
    this.waitMs = waitMs;
  }
}

/** All that the requests of one client may wait, together; a job is not to sleep through its hour. */
const maxWaitMs = 60_000;

/** GitHub cuts a request off after 10 s ("Timeouts", REST and GraphQL docs); what takes longer is not going to come. */
const timeoutMs = 30_000;

/** GitHub refuses more than 100 at once ("Rate limits for the REST API"). */
const maxConcurrent = 10;

const maxRetries = 3;

/** What is read of an Octokit request, and of the answer to a GraphQL query. */
interface RequestOptions {
  readonly method?: string;
  readonly url?: string;
  readonly owner?: unknown;
  readonly repo?: unknown;
  request: { readonly retries?: number; readonly signal?: AbortSignal };
}
interface Answer {
  readonly headers: Headers;
  readonly data: unknown;
}

/**
 * A wrapper for Octokit's requests that retries what failed on GitHub's side and waits where a rate limit asks for it:
 * every request of the client, since the limit is the token's. Throws when that would take more than a minute altogether.
 *
 * Octokit's throttling plugin has GraphQL queries wait for each other, one a second, as if each were a write; a pull
 * request of a thousand configs would take half a minute.
 */
export function withPatience(
  clock: Clock = { now: Date.now, sleep },
  pause = createPause(),
  /** Told of each wait, so that whoever publishes can say so. */
  onWait: (waitMs: number) => void = () => undefined,
) {
  const inLane = createLane(maxConcurrent);
  /** What this client has waited for, or will have when the pause is over that it knows of. */
  let waitedMs = 0;
  let knownUntil = 0;

  async function waitForPause(signal: AbortSignal | undefined): Promise<void> {
    for (;;) {
      signal?.throwIfAborted();
      const until = await pause.until();
      if (until <= clock.now()) return;
      await waitUntil(until);
    }
  }

  async function waitForPlace(repository: string | null): Promise<void> {
    const at = await pause.placeForWrite?.(clock.now() + maxWaitMs - waitedMs, repository);
    if (at !== undefined && at > clock.now()) await waitUntil(at);
  }

  async function waitUntil(time: number): Promise<void> {
    account(time, null);
    onWait(time - clock.now());
    await clock.sleep(time - clock.now());
  }

  /** Holds all requests back, unless they have been held back for too long already. */
  async function hold(wait: LimitWait, cause: unknown): Promise<void> {
    const until = wait === 'not said' ? await pause.backOff(clock.now()) : clock.now() + wait;
    try {
      account(until, cause);
    } finally {
      await pause.extend(until);
    }
  }

  function account(until: number, cause: unknown): void {
    const addedMs = Math.max(0, until - Math.max(clock.now(), knownUntil));
    if (waitedMs + addedMs > maxWaitMs) throw new RateLimited(until - clock.now(), cause);
    waitedMs += addedMs;
    knownUntil = Math.max(knownUntil, until);
  }

  return async <Options extends RequestOptions, Response extends Answer>(
    send: (options: Options) => Response | Promise<Response>,
    options: Options,
  ): Promise<Response> => {
    const { signal } = options.request;
    for (let attempt = 0; ; attempt += 1) {
      if (isWrite(options)) await waitForPlace(repositoryOf(options));
      await waitForPause(signal);
      try {
        const response = await inLane(async () => {
          const timeout = clock.timeout?.(timeoutMs) ?? AbortSignal.timeout(timeoutMs);
          const either = signal === undefined ? timeout : AbortSignal.any([timeout, signal]);
          // In place: a hook that was registered earlier, as that for authentication, gets these very options and no others
          options.request = { ...options.request, signal: either };
          return await send(options);
        });
        const wait = isLimitedQuery(response.data) ? limitWait(response.headers, clock.now()) : null;
        const budget = budgetOf(response.headers);
        if (budget !== null) await pause.note?.(budget);
        if (wait === null) return response;
        await hold(wait, new Error('GitHub answered: RATE_LIMITED'));
      } catch (error) {
        signal?.throwIfAborted();
        const wait = waitAfter(error, attempt, options.request.retries ?? maxRetries, clock.now());
        if (wait === null) throw error;
        await hold(wait, error);
      }
    }
  };
}

/** One that this process keeps. */
export function createPause(): Pause {
  let pausedUntil = 0;
  let last: BackOff | null = null;
  return {
    until: () => pausedUntil,
    backOff: (now) => {
      last = nextBackOff(last, now);
      return last.until;
    },
    extend: (until) => {
      pausedUntil = Math.max(pausedUntil, until);
    },
  };
}

/** Whatever changes something counts as content, of which GitHub takes 80 a minute. Our GraphQL queries only read. */
function isWrite({ method = 'GET', url = '' }: RequestOptions): boolean {
  return method !== 'GET' && method !== 'HEAD' && !url.endsWith('/graphql') && !url.endsWith('/access_tokens');
}

function repositoryOf({ owner, repo }: RequestOptions): string | null {
  return typeof owner === 'string' && typeof repo === 'string' ? `${owner}/${repo}` : null;
}

/** How long to wait before the request is sent again; null when sending it again would not help. */
function waitAfter(error: unknown, attempt: number, retries: number, now: number): LimitWait | null {
  if (!isRequestError(error)) return null;
  const headers = error.response?.headers ?? {};
  if (isLimit(error.status, headers, error.message)) return limitWait(headers, now);
  return error.status >= 500 && attempt < retries ? 1000 * 2 ** attempt : null;
}

interface RequestError extends Error {
  readonly status: number;
  readonly response?: { readonly headers: Headers };
}

function isRequestError(error: unknown): error is RequestError {
  return error instanceof Error && 'status' in error && typeof error.status === 'number';
}
