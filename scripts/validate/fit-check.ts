import { estimateCase } from './estimate-case.ts';
import { sourceOf, type Row } from './sets.ts';

/** What the product says of a run on its own GPU, in the three words that a reviewer gets. */
export type FitCall =
  /** Even the high end of the range is within the usable memory: the memory rule says nothing. */
  | 'comfortable'
  /** The estimate fits and the high end does not: the rule warns. */
  | 'tight'
  /** The estimate is over: the rule fails the check. */
  | 'over';

/** A run whose outcome is known, and what the product calls it. */
export interface FitCheck {
  readonly id: string;
  readonly source: string;
  readonly outcome: 'ran' | 'died';
  readonly call: FitCall;
  readonly peakGib: number;
  readonly highGib: number;
  readonly usableGib: number;
  readonly notes: string;
}

const gibibyte = 2 ** 30;

/** A run that ran, or died; null where its source does not say how much memory the GPU had. */
export function checkFit(row: Row, outcome: 'ran' | 'died'): FitCheck | null {
  const { estimate, limit } = estimateCase(row.id, row.config);
  if (row.gpu_memory_gib === null || limit === null || estimate.memory === null) return null;
  const { peakBytes, highBytes } = estimate.memory;
  const { usableBytes } = limit;
  return {
    id: row.id,
    source: sourceOf(row),
    outcome,
    call: peakBytes > usableBytes ? 'over' : highBytes > usableBytes ? 'tight' : 'comfortable',
    peakGib: peakBytes / gibibyte,
    highGib: highBytes / gibibyte,
    usableGib: usableBytes / gibibyte,
    notes: row.notes,
  };
}
