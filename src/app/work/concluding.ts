import type { BegunCheck } from '../../github/checks/begin-check.ts';
import { brokenOffCheck, deadlineCheck, waitingNotice } from '../../github/checks/check-notices.ts';
import { isRequestFailure } from '../../github/http/explain-error.ts';
import { isOutage } from '../../github/http/outage.ts';
import { statusOf } from '../../github/http/status-of.ts';
import { rateLimitOf } from '../clients.ts';
import { OutOfMemory } from '../evaluation/out-of-memory.ts';
import { explain } from '../explain.ts';
import { DeadlineExceeded, withDeadline } from './deadline.ts';
import type { Tools } from './work.ts';
import { withoutEnd } from '../../core/without-end.ts';

/** When an evaluation is given up, and what for. */
export interface Ends {
  readonly stop: AbortSignal;
  /** When it is tried again if it fails; null where it is not. */
  readonly retryInMs: number | null;
}

/**
 * Evaluates in the time that there is for it. What could not be evaluated is no pass. While GitHub fails the check stays
 * open, says so and is tried again; whatever else goes wrong, and the last try, ends it with a failure that says why. What
 * another try may help is thrown on after that.
 */
export async function concluding<Result>(
  check: BegunCheck,
  evaluate: (signal: AbortSignal) => Promise<Result>,
  { evaluationTimeoutMs, now }: Pick<Tools, 'evaluationTimeoutMs' | 'now'>,
  { stop, retryInMs }: Ends,
): Promise<Result | 'broken off'> {
  try {
    return await withDeadline(evaluate, evaluationTimeoutMs, stop);
  } catch (error) {
    // The key may be another worker's by now
    stop.throwIfAborted();
    // It goes on when GitHub lets it, and could write nothing until then
    if (rateLimitOf(error) !== null) throw error;
    if (error instanceof DeadlineExceeded) {
      await check.finish(deadlineCheck(error.timeoutMs / 1000, check.memory));
      return 'broken off';
    }
    if (retryInMs !== null && isOutage(error)) {
      await check.hold(waitingNotice(reasonOf(error), new Date(now() + retryInMs)));
      throw error;
    }
    await check.finish(brokenOffCheck(reasonOf(error), check.memory));
    const status = statusOf(error);
    // The same question would get the same answer
    if (error instanceof OutOfMemory || (status !== null && status < 500)) return 'broken off';
    throw error;
  }
}

/** Why there is no verdict, in words for whoever opened the pull request. */
function reasonOf(error: unknown): string {
  // The world outside throws plain errors; anything else is a mistake of ours, whose details are for the log
  const isPlain = error instanceof Error && error.constructor === Error;
  const isOfTheWorld = isRequestFailure(error) || isPlain || error instanceof OutOfMemory;
  return isOfTheWorld
    ? `${withoutEnd(explain(error), '.')}.`
    : 'this is a mistake in scalegate, which its log describes.';
}
