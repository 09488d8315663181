import type { EstimatedRun, RunPair } from './rule.ts';

/** A run that a pull request adds or makes larger, with the figure that grew. */
export interface GrownRun {
  readonly pair: RunPair;
  readonly value: number;
}

/** New runs, and those that are larger than before: what stays as it is or shrinks is not the pull request's doing. */
export function grownRuns(
  pairs: readonly RunPair[],
  figure: (run: EstimatedRun) => number | null,
): readonly GrownRun[] {
  return pairs.flatMap((pair) => {
    const [before, value] = [pair.base && figure(pair.base), pair.head && figure(pair.head)];
    return value === null || (before !== null && value <= before * (1 + 1e-9)) ? [] : [{ pair, value }];
  });
}

export function sumOf(runs: readonly GrownRun[]): number {
  return runs.reduce((total, { value }) => total + value, 0);
}
