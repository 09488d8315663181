/** An evaluation that took too long: it hangs, and nobody would ever hear of it. */
export class DeadlineExceeded extends Error {
  override name = 'DeadlineExceeded';
  readonly timeoutMs: number;

  constructor(timeoutMs: number) {
    super(`the evaluation took longer than ${timeoutMs / 1000} s and was ended`);
    this.timeoutMs = timeoutMs;
  }
}

/**
 * Gives work a time to be done in. After that, or when the worker is told to stop, it rejects at once, whether the work
 * heeds its signal or hangs.
 */
export async function withDeadline<Result>(
  work: (signal: AbortSignal) => Promise<Result>,
  timeoutMs: number,
  stop: AbortSignal,
): Promise<Result> {
  const deadline = new AbortController();
  const timer = setTimeout(() => {
    deadline.abort(new DeadlineExceeded(timeoutMs));
  }, timeoutMs);
  const signal = AbortSignal.any([deadline.signal, stop]);
  const ended = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => {
      reject(signal.reason as Error);
    });
    if (signal.aborted) reject(signal.reason as Error);
  });
  try {
    return await Promise.race([work(signal), ended]);
  } finally {
    clearTimeout(timer);
  }
}
