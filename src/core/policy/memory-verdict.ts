import type { AssumedFact, MemoryEstimate } from '../estimate/estimate.ts';
import { fitsProbability } from '../estimate/memory/fits-probability.ts';
import type { EstimatedRun } from './rule.ts';

/** What can be said of a run's memory and its limit, as certain as the figures are. */
export type MemoryVerdict =
  /** A model alone, or a training that no estimate counts: there is nothing to hold against a limit. */
  | { readonly kind: 'not-judged' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'fits' }
  /** The limit is within the range: so probable is it that the run needs more. */
  | { readonly kind: 'may-not-fit'; readonly probability: number }
  /** It fits as read, and would not with another value of an assumed fact; the worst first. */
  | { readonly kind: 'fits-as-assumed'; readonly deciding: readonly AssumedFact[] }
  /** It does not fit as read, and would with another value of one assumed fact; what saves most first. */
  | { readonly kind: 'over-as-assumed'; readonly deciding: readonly AssumedFact[] }
  /** It does not fit as read, and would only with other values of several assumed facts together. */
  | { readonly kind: 'over-unless-all'; readonly deciding: readonly AssumedFact[]; readonly bestPeakBytes: number }
  | { readonly kind: 'over' };

/** Holds the memory of a run against its limit. */
export function memoryVerdict({ estimate: { memory }, readings, limit, subject }: EstimatedRun): MemoryVerdict {
  if (subject !== 'run') return { kind: 'not-judged' };
  if (memory === null || limit === null) return { kind: 'unknown' };
  const { usableBytes } = limit;
  const assumed = readings?.assumed ?? [];
  if (memory.peakBytes <= usableBytes) {
    const deciding = assumed.filter(({ peakBytes }) => peakBytes > usableBytes);
    if (memory.highBytes > usableBytes) return mayNotFit(memory, usableBytes);
    return deciding.length > 0 ? { kind: 'fits-as-assumed', deciding } : { kind: 'fits' };
  }
  const deciding = assumed.filter(({ peakBytes }) => peakBytes <= usableBytes);
  if (deciding.length > 0) return { kind: 'over-as-assumed', deciding };
  if (readings !== null && readings.bestPeakBytes <= usableBytes) {
    const lower = assumed.filter(({ peakBytes }) => peakBytes < memory.peakBytes);
    return { kind: 'over-unless-all', deciding: lower, bestPeakBytes: readings.bestPeakBytes };
  }
  return isWithoutFragmentation(memory, usableBytes) ? mayNotFit(memory, usableBytes) : { kind: 'over' };
}

/**
 * The allocator gives back cached blocks before it gives up (PyTorch, CUDACachingAllocator, `release_cached_blocks`):
 * what it holds and can't use is no reason to be sure of a failure.
 */
function isWithoutFragmentation({ peakBytes, reservedBytes, allocatedBytes }: MemoryEstimate, usable: number): boolean {
  return peakBytes - (reservedBytes - allocatedBytes) <= usable;
}

function mayNotFit(memory: MemoryEstimate, usableBytes: number): MemoryVerdict {
  return { kind: 'may-not-fit', probability: 1 - fitsProbability(memory, usableBytes) };
}
