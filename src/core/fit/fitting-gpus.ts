import { findGpu } from '../catalog/gpu.ts';
import type { Gpu } from '../catalog/gpu-sheet.ts';
import { gpus } from '../catalog/gpus/index.ts';
import type { DescribedRun } from '../estimate/described-run.ts';
import { estimateRun } from '../estimate/estimate-run.ts';
import { gpuPrice } from '../estimate/time/cost.ts';
import { pricesFor } from '../gpu-prices.ts';
import type { Guards } from '../guards.ts';
import type { FittingGpu } from './fit.ts';

/**
 * GPUs of the catalog with a price on which a run fits as it stands, on as many of them: the cheapest training
 * first, or the cheapest hour where the hours are unknown. Code moves between cards of one vendor; between vendors it is
 * ported.
 */
export function fittingGpus(run: DescribedRun, guards: Guards): FittingGpu[] {
  const found: FittingGpu[] = [];
  const vendor = run.hardware.gpu === null ? null : (findGpu(run.hardware.gpu.name)?.gpu.sheet.vendor ?? null);
  for (const gpu of gpus) {
    const hardware = { ...run.hardware, gpu, usdPerGpuHour: null };
    const prices = pricesFor({ ...run, hardware }, null, guards, null);
    const price = gpuPrice({ ...run, hardware }, prices);
    if (price === null || (vendor !== null && gpu.sheet.vendor !== vendor) || !computesIn(gpu, run)) continue;
    const { memory, compute, cost } = estimateRun({ ...run, hardware }, prices);
    const usableBytes = gpu.usableMemoryBytes ?? gpu.memoryBytes;
    if (memory === null || memory.peakBytes > usableBytes) continue;
    found.push({
      name: gpu.name,
      usableBytes,
      gpuHours: compute?.gpuHours ?? null,
      usd: cost?.usd ?? null,
      usdPerGpuHour: price.usdPerGpuHour,
      priceSource: price.source,
    });
  }
  return found.sort((a, b) => (a.usd ?? Infinity) - (b.usd ?? Infinity) || a.usdPerGpuHour - b.usdPerGpuHour);
}

/** Whether a card has what the run computes in: those before Ampere have no bf16. */
function computesIn({ peakFlopsPerSecond }: Gpu, { training }: DescribedRun): boolean {
  return !training.precision.startsWith('bf16') || peakFlopsPerSecond.bf16 !== null;
}
