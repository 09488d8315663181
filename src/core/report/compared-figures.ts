import { figuresOf } from '../estimate/figures.ts';
import type { EstimatedRun } from '../policy/rule.ts';
import { formatGib } from '../units/bytes.ts';
import { formatHours, formatWallClock } from '../units/duration.ts';
import { formatUsd } from '../units/money.ts';

/** What a run comes to, in words short enough for a table of several. */
export interface ComparedFigures {
  readonly memory: string;
  readonly hours: string;
  readonly time: string;
  readonly cost: string;
}

/** Of the whole training, or of a billion tokens where nobody says how many there are. */
export function comparedFigures(estimated: EstimatedRun): ComparedFigures {
  const { memoryBytes } = figuresOf(estimated);
  const { gpuHours, wallClockHours, costUsd, isPerBillion } = billableFigures(estimated);
  const whole = (text: string): string => (isPerBillion ? `${text} / 1B tokens` : text);
  return {
    memory: memoryBytes === null ? 'unknown' : formatGib(memoryBytes),
    hours: gpuHours === null ? 'unknown' : whole(formatHours(gpuHours)),
    time: wallClockHours === null ? 'unknown' : whole(formatWallClock(wallClockHours)),
    cost: costUsd === null ? 'unknown' : whole(formatUsd(costUsd)),
  };
}

interface BillableFigures {
  readonly gpuHours: number | null;
  readonly wallClockHours: number | null;
  readonly costUsd: number | null;
  /** They are those of a billion tokens: how many there are is unknown. */
  readonly isPerBillion: boolean;
}

/** Hours and dollars of the training, else of a billion of its tokens. */
export function billableFigures({ run, estimate }: EstimatedRun): BillableFigures {
  const { compute, cost } = estimate;
  const isPerBillion = compute?.gpuHours == null;
  const gpuHours = compute?.gpuHours ?? compute?.gpuHoursPerBillionTokens ?? null;
  const { count } = run.hardware;
  return {
    gpuHours,
    wallClockHours: gpuHours === null || count === null ? null : gpuHours / count,
    costUsd: gpuHours === null || cost === null ? null : gpuHours * cost.usdPerGpuHour,
    isPerBillion: isPerBillion && gpuHours !== null,
  };
}
