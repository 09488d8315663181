/** The largest whole number up to `most` that holds, where all below one that holds do; 0 when not even 1 does. */
export function largest(most: number, holds: (value: number) => boolean): number {
  if (most < 1 || !holds(1)) return 0;
  let [low, high] = [1, 2];
  while (high <= most && holds(high)) [low, high] = [high, 2 * high];
  high = Math.min(high, most + 1);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return low;
}
