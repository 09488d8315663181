import { rowPrice } from './plan-price.ts';
import { capOf, type Plan, type PlanRow } from './plan.ts';

/** What is left of a cap; negative where more was spent. */
export interface Left {
  readonly left: number;
  readonly of: number;
}

/** What finished runs leave of the plan's total; null for a figure that the total does not cap. */
export interface LeftOfTotal {
  readonly gpuHours: Left | null;
  readonly cost: (Left & { readonly currency: string }) | null;
  readonly finishedRuns: number;
}

/**
 * What is spent is what finished runs measured; a run whose hours nobody recorded is counted as its row plans. Null for a
 * plan without a total.
 */
export function leftOfTotal({ scales, stages, total }: Plan): LeftOfTotal | null {
  if (total === null) return null;
  const finished = [...scales, ...stages].filter(({ validation }) => validation !== null);
  const left = (cap: number | null, spent: (row: PlanRow) => number): Left | null =>
    cap === null ? null : { left: cap - finished.reduce((sum, row) => sum + spent(row), 0), of: cap };
  const currency = total.cost?.currency ?? 'USD';
  const cost = left(capOf(total.cost), (row) => costOf(row, currency));
  return {
    gpuHours: left(capOf(total.gpuHours), hoursOf),
    cost: cost && { ...cost, currency },
    finishedRuns: finished.length,
  };
}

function hoursOf({ validation, gpuHours }: PlanRow): number {
  return validation?.gpuHours?.value ?? gpuHours?.value ?? 0;
}

function costOf(row: PlanRow, currency: string): number {
  const price = currency === 'USD' ? rowPrice(row) : null;
  if (price !== null && row.validation?.gpuHours != null) return hoursOf(row) * price;
  return row.cost?.currency === currency ? row.cost.value : 0;
}
