import { explainError, isRequestFailure } from '../../github/explain-error.ts';
import { statusOf } from '../../github/status-of.ts';
import { isWithoutInstallation, rateLimitOf } from '../clients.ts';
import { Later } from '../queue/queue.ts';
import { DeadlineExceeded, withDeadline } from './deadline.ts';
import type { Target } from './publisher.ts';
import type { Tools } from './work.ts';

/**
 * Evaluates and publishes in the time that there is for it. Whatever goes wrong ends in a failed check run that says why:
 * what could not be evaluated is no pass, and is not left open either. What another try may help is thrown on.
 */
export async function concluding(
  target: Omit<Target, 'client'> & { readonly installationId: number },
  evaluateAndPublish: (target: Target, signal: AbortSignal) => Promise<string>,
  { clients, publisher, evaluationTimeoutMs }: Tools,
  stop: AbortSignal,
): Promise<string> {
  const { installationId, ...commit } = target;
  try {
    return await withDeadline(
      async (signal) =>
        evaluateAndPublish({ ...commit, client: await clients.installation(installationId, signal) }, signal),
      evaluationTimeoutMs,
      stop,
    );
  } catch (error) {
    // The key may be another worker's by now
    stop.throwIfAborted();
    // It comes back by itself, or there is nobody to tell
    if (error instanceof Later || rateLimitOf(error) !== null || isWithoutInstallation(error)) throw error;
    const client = await clients.installation(installationId, stop);
    await publisher.fail({ ...commit, client }, reasonOf(error));
    if (isHopeless(error)) return 'could not be evaluated';
    throw error;
  }
}

/** Why there is no verdict, as the check run says it to whoever opened the pull request. */
function reasonOf(error: unknown): string {
  if (error instanceof DeadlineExceeded || isRequestFailure(error)) return explainError(error);
  // The world outside throws plain errors; anything else is a mistake of ours, whose details are for the log
  if (error instanceof Error && error.constructor === Error) return explainError(error);
  return 'This is a mistake in scalegate. Whoever runs it finds the details in its log.';
}

/** Whether another try would end as this one: GitHub refused, or it hung. */
function isHopeless(error: unknown): boolean {
  const status = statusOf(error);
  return error instanceof DeadlineExceeded || (status !== null && status < 500);
}
