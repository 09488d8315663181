import { gpus } from './gpus/index.ts';
import { listPrice } from './price.ts';

/** As many as a sentence holds. */
const most = 3;

/**
 * The smallest GPUs of the catalog that have so much usable memory and that can be rented: those of the least memory
 * first, and of as much the cheapest. Code for Nvidia's GPUs runs nowhere else unless it is ported, and most configs ask
 * for bfloat16.
 */
export function smallestGpus(bytes: number): readonly string[] {
  const fitting = gpus.flatMap((gpu) => {
    const price = listPrice(gpu.name);
    const isUsual = gpu.sheet.vendor === 'NVIDIA' && gpu.peakFlopsPerSecond.bf16 !== null && price !== null;
    return isUsual && bytes <= (gpu.usableMemoryBytes ?? gpu.memoryBytes) ? [{ gpu, usd: price.usdPerGpuHour }] : [];
  });
  return fitting
    .toSorted((a, b) => a.gpu.memoryBytes - b.gpu.memoryBytes || a.usd - b.usd)
    .slice(0, most)
    .map(({ gpu }) => gpu.name);
}
