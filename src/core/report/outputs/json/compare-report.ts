import { figuresOf } from '../../../estimate/figures.ts';
import type { ComparedRun } from '../../../fit/compare-gpus.ts';
import { gibOf, rounded } from '../../rounded.ts';

/** One config on several kinds and numbers of GPUs, for tools: the object that `scalegate compare --json` prints. */
export function compareReport(path: string, runs: readonly ComparedRun[]) {
  return {
    schema_version: 1,
    path,
    runs: runs.map(({ gpu, count, estimated, fits, problem }) => {
      const figures = estimated === null ? null : figuresOf(estimated);
      const { memory = null, compute = null, cost = null } = estimated?.estimate ?? {};
      return {
        gpu,
        gpu_count: count,
        fits,
        peak_gib: gibOf(memory?.peakBytes ?? null),
        low_gib: gibOf(memory?.lowBytes ?? null),
        high_gib: gibOf(memory?.highBytes ?? null),
        usable_gib: gibOf(estimated?.limit?.usableBytes ?? null),
        gpu_hours: rounded(figures?.gpuHours ?? null, 3),
        wall_clock_hours: rounded(figures?.wallClockHours ?? null, 3),
        gpu_hours_per_billion_tokens: rounded(compute?.gpuHoursPerBillionTokens ?? null, 3),
        cost_usd: rounded(figures?.costUsd ?? null, 2),
        usd_per_gpu_hour: cost?.usdPerGpuHour ?? null,
        price_source: cost?.priceSource ?? null,
        problem,
      };
    }),
  };
}
