import type { RunPair } from '../../src/core/policy/rule.ts';
import { anEstimatedRun, large, xl, type RunParts } from './an-estimated-run.ts';

/** A config that changes from one run to the other; null for a side that does not exist. */
export function aPair(
  path: string,
  base: RunParts | null,
  head: RunParts | null,
  rest: Partial<RunPair> = {},
): RunPair {
  return {
    path,
    previousPath: null,
    base: base && anEstimatedRun({ path, ...base }),
    head: head && anEstimatedRun({ path, ...head }),
    problems: [],
    baseProblems: [],
    edits: [],
    ...rest,
  };
}

/** So many configs that grow from Large to XL, each a little less than the one before. */
export function manyPairs(count: number): RunPair[] {
  return Array.from({ length: count }, (_, index) =>
    aPair(`experiments/sweep/run-${String(index).padStart(4, '0')}.yaml`, large, {
      ...xl,
      memoryGib: 96.4,
      gpuHours: 3060 - index,
    }),
  );
}
