const limit = 5000;

/** The budget of a token that made so many requests; `reset` is in seconds since 1970, an hour from now. */
export function rateLimitOf(used: number): { limit: number; remaining: number; reset: number; used: number } {
  return { limit, remaining: Math.max(limit - used, 0), reset: Math.floor(Date.now() / 1000) + 3600, used };
}
