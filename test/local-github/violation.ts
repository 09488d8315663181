/** Where a request, or our answer to it, is not what GitHub describes. */
export class Violation extends Error {
  readonly reasons: readonly string[];

  constructor(reasons: readonly string[]) {
    super(reasons.join('; '));
    this.reasons = reasons;
  }
}
