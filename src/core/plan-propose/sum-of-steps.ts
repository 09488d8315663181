import { figuresOf } from '../estimate/figures.ts';
import type { Ladder } from './ladder.ts';

/** What all steps of a ladder take, one after the other; null where one of them can't be known. */
export interface StepsSum {
  readonly gpuHours: number | null;
  readonly wallClockHours: number | null;
  readonly costUsd: number | null;
}

export function sumOfSteps({ steps }: Ladder): StepsSum {
  const figures = steps.map(figuresOf);
  const sum = (figure: keyof StepsSum): number | null =>
    figures.reduce<number | null>((all, { [figure]: one }) => (all === null || one === null ? null : all + one), 0);
  return { gpuHours: sum('gpuHours'), wallClockHours: sum('wallClockHours'), costUsd: sum('costUsd') };
}
