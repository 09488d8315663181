import { figuresOf } from '../../../estimate/figures.ts';
import type { Maxima } from '../../../fit/maxima.ts';
import { gibOf, rounded } from '../../rounded.ts';

/** How far each thing of a config goes, for tools: the object that `scalegate max --json` prints. */
export function maxReport({ path, asked, maxima, reason }: Maxima) {
  return {
    schema_version: 1,
    path,
    usable_gib: gibOf(asked.limit?.usableBytes ?? null),
    limit_source: asked.limit?.source ?? null,
    maxima: maxima.map(({ what, value, estimated, note }) => {
      const figures = estimated === null ? null : figuresOf(estimated);
      return {
        what,
        value,
        parameters: figures?.parameters ?? null,
        peak_gib: gibOf(figures?.memoryBytes ?? null),
        high_gib: gibOf(estimated?.estimate.memory?.highBytes ?? null),
        gpu_hours: rounded(figures?.gpuHours ?? null, 3),
        wall_clock_hours: rounded(figures?.wallClockHours ?? null, 3),
        cost_usd: rounded(figures?.costUsd ?? null, 2),
        note,
      };
    }),
    reason,
  };
}
