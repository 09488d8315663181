import type { DescribedRun } from '../estimate/described-run.ts';
import { peakBytes } from './candidate-memory.ts';

/** No GPU holds more sequences than this. */
const most = 1 << 20;

/** The largest micro batch with which a run fits when nothing else changes; null when even 1 does not. */
export function largestMicroBatch(run: DescribedRun, usableBytes: number): number | null {
  const fits = (microBatchSize: number): boolean => {
    const training = { ...run.training, microBatchSize };
    return peakBytes({ ...run, training }) <= usableBytes;
  };
  if (!fits(1)) return null;
  let [low, high] = [1, 2];
  while (high <= most && fits(high)) [low, high] = [high, 2 * high];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle;
  }
  return low;
}
