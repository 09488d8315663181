import type { EstimatedRun } from './rule.ts';

/** What a budget caps of a run; null where it can't be known. */
export type CappedFigure = (run: EstimatedRun) => number | null;

export const costOf: CappedFigure = ({ estimate }) => estimate.cost?.usd ?? null;

export const gpuHoursOf: CappedFigure = ({ estimate }) => estimate.compute?.gpuHours ?? null;
