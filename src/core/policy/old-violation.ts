/**
 * Whether a figure was over its limit before the pull request and has not grown since: such a run is told of but does
 * not block edits that leave it as it was. An unknown figure is never old.
 */
export function isOldViolation(base: number | null, head: number, limit: number): boolean {
  return base !== null && base > limit && head <= base;
}
