import { figuresOf } from '../estimate/figures.ts';
import type { EstimatedRun } from '../policy/rule.ts';

/** The days on which a run ends that starts on one, at noon: `2026-12-03`. */
export interface EndDates {
  readonly start: string;
  readonly likely: string;
  readonly earliest: string;
  readonly latest: string;
}

/** Null where the time that it takes is unknown, or beyond what a calendar holds. */
export function endDates(estimated: EstimatedRun, start: string): EndDates | null {
  const { wallClockHours } = figuresOf(estimated);
  const { compute } = estimated.estimate;
  const { count } = estimated.run.hardware;
  if (wallClockHours === null || count === null) return null;
  const likely = dateAfter(start, wallClockHours);
  const earliest = dateAfter(start, (compute?.lowGpuHours ?? wallClockHours * count) / count);
  const latest = dateAfter(start, (compute?.highGpuHours ?? wallClockHours * count) / count);
  return likely === null || earliest === null || latest === null ? null : { start, likely, earliest, latest };
}

function dateAfter(start: string, hours: number): string | null {
  const end = new Date(Date.parse(`${start}T12:00:00Z`) + hours * 3_600_000);
  return Number.isNaN(end.getTime()) || end.getUTCFullYear() > 9999 ? null : end.toISOString().slice(0, 10);
}
