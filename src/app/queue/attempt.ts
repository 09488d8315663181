import { errorText } from './error-text.ts';
import { Later, type Handler, type Job } from './queue.ts';
import { retryDelayMs } from './retry-delay.ts';

/** A job that a worker holds. */
export interface HeldJob {
  readonly job: Job;
  /** With this one. It is counted when the job is taken, so that a job that takes its worker down uses its tries up too. */
  readonly tries: number;
}

/** What becomes of one held job. */
export type Outcome =
  | { readonly kind: 'done' }
  /** `failed`: whether the try counts. */
  | { readonly kind: 'again'; readonly delayMs: number; readonly failed: boolean }
  | { readonly kind: 'dead'; readonly error: string };

/** A job that was held, and what becomes of it. */
export interface TriedJob extends HeldJob {
  readonly outcome: Outcome;
}

export interface AttemptOptions {
  readonly maxTries: number;
  readonly firstRetryMs: number;
  readonly random: () => number;
}

/** Has a handler do the jobs of one key, and says what becomes of each. */
export async function attempt(
  handler: Handler,
  key: string,
  held: readonly HeldJob[],
  signal: AbortSignal,
  { maxTries, firstRetryMs, random }: AttemptOptions,
): Promise<readonly TriedJob[]> {
  const live = held.filter(({ tries }) => tries <= maxTries);
  // One for all, so that they come back together
  const chance = random();
  const delayAfter = (tries: number) => retryDelayMs(tries, firstRetryMs, () => chance);
  const isLast = live.some(({ tries }) => tries === maxTries);
  const retryInMs = isLast ? null : Math.min(...live.map(({ tries }) => delayAfter(tries)));
  const shared = live.length === 0 ? null : await outcomeOf(handler, key, live, signal, retryInMs);
  function outcomeAfter(tries: number): Outcome {
    if (tries > maxTries || shared === null) {
      return { kind: 'dead', error: `The worker ended in the middle of each of ${maxTries} tries` };
    }
    if (shared.kind !== 'failed') return shared;
    if (tries === maxTries) return { kind: 'dead', error: shared.error };
    return { kind: 'again', delayMs: delayAfter(tries), failed: true };
  }
  return held.map(({ job, tries }) => ({ job, tries, outcome: outcomeAfter(tries) }));
}

type HandlerOutcome = Exclude<Outcome, { kind: 'dead' }> | { readonly kind: 'failed'; readonly error: string };

async function outcomeOf(
  handler: Handler,
  key: string,
  live: readonly HeldJob[],
  signal: AbortSignal,
  retryInMs: number | null,
): Promise<HandlerOutcome> {
  try {
    await handler(
      key,
      live.map(({ job }) => job),
      signal,
      retryInMs,
    );
    return { kind: 'done' };
  } catch (error) {
    if (error instanceof Later) return { kind: 'again', delayMs: error.delayMs, failed: false };
    if (signal.aborted) return { kind: 'again', delayMs: 0, failed: false };
    return { kind: 'failed', error: errorText(error) };
  }
}
