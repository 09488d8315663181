import type { Hardware } from '../../run/hardware.ts';

/** How many GPUs share one machine's memory, and how many machines there are. */
export interface Machines {
  readonly count: number;
  readonly gpusEach: number;
}

/** Most machines hold eight; a rack that links 72 is made of machines, too. */
const usual = 8;

/** Full machines of the GPU's usual kind; null where the number of GPUs is unknown. */
export function machinesOf({ gpu, count }: Hardware): Machines | null {
  if (count === null) return null;
  const gpusEach = Math.min(count, usual, gpu?.node?.gpus ?? usual);
  return { count: Math.ceil(count / gpusEach), gpusEach };
}
