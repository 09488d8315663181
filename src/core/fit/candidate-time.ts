import type { DescribedRun } from '../estimate/described-run.ts';
import { efficiency } from '../estimate/time/efficiency.ts';

/**
 * Model FLOPs utilization of a variant: of the same training on the same GPUs, half of it takes twice the time. Without
 * the words and the ranges of an estimate, which take most of its time.
 */
export function utilization({ model, parameters, training, hardware }: DescribedRun): number {
  return efficiency({ model, parameters, training, gpu: hardware.gpu }).mfu;
}
