/** A wait whose length GitHub left to us. Times are milliseconds since 1970. */
export interface BackOff {
  readonly waitMs: number;
  readonly until: number;
}

/** "Rate limits for the REST API": where nothing says how long, at least a minute, and exponentially longer if it goes on. */
const leastMs = 60_000;
const mostMs = 3600_000;

/** A limit that is met later than this after a wait has nothing to do with it. */
const calmMs = 10 * 60_000;

/** The wait after `last`. Requests that are under way together are refused together, which is one time and not many. */
export function nextBackOff(last: BackOff | null, now: number): BackOff {
  if (last !== null && now < last.until) return last;
  const isAgain = last !== null && now - last.until < calmMs;
  const waitMs = isAgain ? Math.min(mostMs, 2 * last.waitMs) : leastMs;
  return { waitMs, until: now + waitMs };
}
