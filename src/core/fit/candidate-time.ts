import type { DescribedRun } from '../estimate/described-run.ts';
import { stepTime } from '../estimate/time/step-time.ts';

/**
 * Tokens a second and GPU of a variant: of the same training on the same GPUs, half of it takes twice the time. Without
 * the words and the ranges of an estimate, which take most of its time. 0 where the GPU's speed is unknown.
 */
export function tokensPerSecond(run: DescribedRun): number {
  const step = stepTime(run);
  return step === null ? 0 : step.tokensPerGpu / step.seconds;
}
