import type { Evaluation } from '../../evaluation.ts';
import { gibOf, rounded } from '../../rounded.ts';
import { exactly, totalsOf } from '../../totals.ts';

/** The outputs of the Action that are figures, for later steps: numbers without units, empty when unknown. */
export function stepOutputs(
  evaluation: Evaluation,
): Readonly<Record<'verdict' | 'max-memory-gib' | 'gpu-hours' | 'cost-usd', string>> {
  const totals = totalsOf(evaluation, 'head');
  return {
    verdict: evaluation.verdict,
    'max-memory-gib': print(gibOf(exactly(totals.maxMemoryBytes))),
    'gpu-hours': print(rounded(exactly(totals.gpuHours), 3)),
    'cost-usd': print(rounded(exactly(totals.costUsd), 2)),
  };
}

/** A step that compares with a limit must not take a partial sum for the sum. */
function print(value: number | null): string {
  return value === null ? '' : String(value);
}
