import type { BegunCheck } from '../../github/begin-check.ts';
import { brokenOffCheck, deadlineCheck } from '../../github/check-notices.ts';
import { explainError, isRequestFailure } from '../../github/explain-error.ts';
import { statusOf } from '../../github/status-of.ts';
import { rateLimitOf } from '../clients.ts';
import { OutOfMemory } from '../evaluation/out-of-memory.ts';
import { DeadlineExceeded, withDeadline } from './deadline.ts';

/**
 * Evaluates in the time that there is for it. Whatever goes wrong ends the check with a failure that says why: what could
 * not be evaluated is no pass, and is not left open either. What another try may help is thrown on after that.
 */
export async function concluding<Result>(
  check: BegunCheck,
  evaluate: (signal: AbortSignal) => Promise<Result>,
  timeoutMs: number,
  stop: AbortSignal,
): Promise<Result | 'broken off'> {
  try {
    return await withDeadline(evaluate, timeoutMs, stop);
  } catch (error) {
    // The key may be another worker's by now
    stop.throwIfAborted();
    // It goes on when GitHub lets it, and could write nothing until then
    if (rateLimitOf(error) !== null) throw error;
    const isLate = error instanceof DeadlineExceeded;
    const notice = isLate
      ? deadlineCheck(error.timeoutMs / 1000, check.memory)
      : brokenOffCheck(reasonOf(error), check.memory);
    await check.finish(notice);
    const status = statusOf(error);
    // The same question would get the same answer
    if (isLate || error instanceof OutOfMemory || (status !== null && status < 500)) return 'broken off';
    throw error;
  }
}

/** Why there is no verdict, in words for whoever opened the pull request. */
function reasonOf(error: unknown): string {
  // The world outside throws plain errors; anything else is a mistake of ours, whose details are for the log
  const isPlain = error instanceof Error && error.constructor === Error;
  const isOfTheWorld = isRequestFailure(error) || isPlain || error instanceof OutOfMemory;
  return isOfTheWorld
    ? `${explainError(error)}.`.replace(/\.+$/, '.')
    : 'this is a mistake in scalegate, which its log describes.';
}
