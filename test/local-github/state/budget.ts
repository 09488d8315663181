const windowMs = 3_600_000;

/** The requests that a token or an installation may make in an hour. */
export class Budget {
  /** GitHub's for an installation of few repositories; a test may lower it. */
  limit = 5000;
  used = 0;
  #resetAt = Date.now() + windowMs;

  spend(): void {
    this.#renew();
    this.used += 1;
  }

  get isSpent(): boolean {
    this.#renew();
    return this.used >= this.limit;
  }

  /** `reset` is in seconds since 1970. */
  state(): { limit: number; remaining: number; reset: number; used: number } {
    const { limit, used } = this;
    return { limit, remaining: Math.max(limit - used, 0), reset: Math.ceil(this.#resetAt / 1000), used };
  }

  #renew(): void {
    if (Date.now() < this.#resetAt) return;
    this.used = 0;
    this.#resetAt = Date.now() + windowMs;
  }
}
