import { normalTail } from '../../units/odds.ts';
import type { MemoryEstimate } from '../estimate.ts';

/** The range holds nine of ten measurements (docs/accuracy.md): each end is so many standard deviations away. */
const deviationsToEnd = 1.645;

/** How likely a run's peak stays within what a GPU can give: normal on either side of the peak, with a width of its own. */
export function fitsProbability(
  { lowBytes, peakBytes, highBytes }: Pick<MemoryEstimate, 'peakBytes' | 'lowBytes' | 'highBytes'>,
  usableBytes: number,
): number {
  const end = usableBytes < peakBytes ? peakBytes - lowBytes : highBytes - peakBytes;
  if (end === 0) return usableBytes < peakBytes ? 0 : usableBytes > peakBytes ? 1 : 0.5;
  return 1 - normalTail((deviationsToEnd * (usableBytes - peakBytes)) / end);
}
