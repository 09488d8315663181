import type { Figure, Plan, Scale, ScaleMatch } from './plan.ts';

/** What a finished run measured over what was estimated for it on the day of its record. */
export interface MeasuredOverPredicted {
  readonly scale: string;
  readonly date: string | null;
  readonly memoryRatio: number | null;
  readonly hoursRatio: number | null;
}

/**
 * The ratios of the run's own scale where it records a measurement with its estimate, else of the scale below. Null where
 * neither does: a run two scales away says little.
 */
export function measuredOverPredicted(plan: Plan, match: ScaleMatch): MeasuredOverPredicted | null {
  const index = match.kind === 'scale' ? match.index : plan.scales.length;
  for (const scale of [plan.scales[index], plan.scales[index - 1]]) {
    const ratios = scale === undefined ? null : ratiosOf(scale);
    if (ratios !== null) return ratios;
  }
  return null;
}

function ratiosOf({ name, validation }: Scale): MeasuredOverPredicted | null {
  if (validation === null) return null;
  const memoryRatio = ratio(validation.peakMemoryBytes, validation.predictedMemoryBytes);
  const hoursRatio = ratio(validation.gpuHours, validation.predictedGpuHours);
  if (memoryRatio === null && hoursRatio === null) return null;
  return { scale: name, date: validation.date, memoryRatio, hoursRatio };
}

function ratio(measured: Figure | null, predicted: Figure | null): number | null {
  return measured === null || predicted === null ? null : measured.value / predicted.value;
}
