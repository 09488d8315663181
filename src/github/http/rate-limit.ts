/** A primary rate limit; REST and GraphQL have one each ("x-ratelimit-resource"). */
export interface Budget {
  readonly resource: string;
  readonly limit: number;
  readonly remaining: number;
  /** Milliseconds since 1970. */
  readonly resetsAt: number;
}

export type Headers = Readonly<Record<string, string | number | undefined>>;

/** Milliseconds to wait for a limit. GitHub does not say it of every secondary one. */
export type LimitWait = number | 'not said';

/** What is left of a limit, by the headers of an answer; null where they do not say. */
export function budgetOf(headers: Headers): Budget | null {
  const limit = Number(headers['x-ratelimit-limit']);
  const remaining = Number(headers['x-ratelimit-remaining']);
  const resetsAt = Number(headers['x-ratelimit-reset']) * 1000;
  if (![limit, remaining, resetsAt].every(Number.isFinite)) return null;
  return { resource: String(headers['x-ratelimit-resource'] ?? 'core'), limit, remaining, resetsAt };
}

/** Whether a refusal is one of a limit: GitHub says so with 429 or 403, and means other things by 403 as well. */
export function isLimit(status: number, headers: Headers, message: string): boolean {
  if (status === 429) return true;
  const isOfLimit = headers['retry-after'] !== undefined || headers['x-ratelimit-remaining'] === '0';
  return status === 403 && (isOfLimit || /rate limit/i.test(message));
}

/** GraphQL reports limits, secondary ones too, with status 200 ("Rate limits and query limits for the GraphQL API"). */
export function isLimitedQuery(data: unknown): boolean {
  if (typeof data !== 'object' || data === null || !('errors' in data) || !Array.isArray(data.errors)) return false;
  return data.errors.some((error: unknown) => {
    if (typeof error !== 'object' || error === null) return false;
    if ('type' in error && error.type === 'RATE_LIMITED') return true;
    return 'message' in error && /exceeded a secondary rate limit/i.test(String(error.message));
  });
}

/** "retry-after", else the reset of an exhausted limit: the order in which GitHub's docs name them. */
export function limitWait(headers: Headers, now: number): LimitWait {
  const retryAfterMs = Number(headers['retry-after']) * 1000;
  const resetMs = headers['x-ratelimit-remaining'] === '0' ? Number(headers['x-ratelimit-reset']) * 1000 - now : NaN;
  const waitMs = [retryAfterMs, resetMs].find((known) => Number.isFinite(known));
  // No less than a second, or a limit of none would be asked again without end
  return waitMs === undefined ? 'not said' : Math.max(1000, waitMs);
}
