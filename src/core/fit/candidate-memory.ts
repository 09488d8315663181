import type { DescribedRun } from '../estimate/described-run.ts';
import { circumstances } from '../estimate/memory/circumstances.ts';
import { peakMemory } from '../estimate/memory/peak.ts';
import { trainerTraits } from '../estimate/trainer-traits.ts';

/** Peak memory per GPU of a variant, without its range: what tens of thousands of variants are held against. */
export function peakBytes(run: DescribedRun): number {
  const traits = trainerTraits(run.training.trainer, run.parallelism);
  return peakMemory(run, traits, circumstances(run, traits, 'likely')).peakBytes;
}
