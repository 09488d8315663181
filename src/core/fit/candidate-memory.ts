import type { DescribedRun } from '../estimate/described-run.ts';
import { peakMemory } from '../estimate/memory/peak.ts';

/** Peak memory per GPU of a variant, without its range: what tens of thousands of variants are held against. */
export function peakBytes(run: DescribedRun): number {
  return peakMemory(run, 'likely').peakBytes;
}
