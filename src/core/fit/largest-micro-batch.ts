import type { DescribedRun } from '../estimate/described-run.ts';
import { peakBytes } from './candidate-memory.ts';
import { largest } from './largest.ts';

/** No GPU holds more sequences than this. */
const most = 1 << 20;

/** The largest micro batch with which a run fits when nothing else changes; null when even 1 does not. */
export function largestMicroBatch(run: DescribedRun, usableBytes: number): number | null {
  const found = largest(most, (microBatchSize) => {
    const training = { ...run.training, microBatchSize };
    return peakBytes({ ...run, training }) <= usableBytes;
  });
  return found === 0 ? null : found;
}
