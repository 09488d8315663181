import type { TrainingRun } from '../run/training-run.ts';
import type { Estimate } from './estimate.ts';

/** The figures of a run that a reviewer compares; null where one can't be known. */
export interface Figures {
  readonly parameters: number | null;
  readonly memoryBytes: number | null;
  readonly gpuHours: number | null;
  readonly costUsd: number | null;
  /** How long the run takes on all its GPUs. */
  readonly wallClockHours: number | null;
}

export type Figure = keyof Figures;

export const figureNames: readonly Figure[] = ['parameters', 'memoryBytes', 'gpuHours', 'costUsd', 'wallClockHours'];

export function figuresOf({ run, estimate }: { run: Pick<TrainingRun, 'hardware'>; estimate: Estimate }): Figures {
  const { parameters, memory, compute, cost } = estimate;
  const { count } = run.hardware;
  const gpuHours = compute?.gpuHours ?? null;
  return {
    parameters: parameters?.total ?? null,
    memoryBytes: memory?.peakBytes ?? null,
    gpuHours,
    costUsd: cost?.usd ?? null,
    wallClockHours: gpuHours === null || count === null ? null : gpuHours / count,
  };
}
