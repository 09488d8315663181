import { formatUsd } from '../units/money.ts';
import { priceTolerance, rowPrice } from '../plan/plan-price.ts';
import type { Figure, Scale } from '../plan/plan.ts';
import type { PlanCheck } from './remark.ts';

interface PricedRow {
  readonly scale: Scale;
  readonly cost: Figure;
  readonly usdPerGpuHour: number;
}

/** Cost over GPU-hours must be one price: the rows share one kind of GPU. */
export const checkPrice: PlanCheck = ({ scales }) => {
  const rows = scales.flatMap((scale): PricedRow[] => {
    const usdPerGpuHour = rowPrice(scale);
    if (usdPerGpuHour === null || scale.costUsd === null) return [];
    return [{ scale, cost: scale.costUsd, usdPerGpuHour }];
  });
  const index = rows.findIndex((row, at) => at > 0 && differs(row, rows[at - 1]));
  const before = rows[index - 1];
  const after = rows[index];
  if (before === undefined || after === undefined) return [];
  const message =
    `A GPU-hour costs ${formatUsd(before.usdPerGpuHour)} in the row ${before.scale.name} and ` +
    `${formatUsd(after.usdPerGpuHour)} in the row ${after.scale.name}.`;
  const arithmetic = rows.map(({ scale, cost, usdPerGpuHour }) => {
    return `${scale.name}: ${cost.text} / ${scale.gpuHours?.text ?? ''} GPU-hours = ${formatUsd(usdPerGpuHour)} a GPU-hour`;
  });
  return [{ rule: 'price-changes', level: 'warning', place: after.cost.place, message, arithmetic }];
};

function differs(row: PricedRow, previous: PricedRow | undefined): boolean {
  return (
    previous !== undefined &&
    Math.abs(row.usdPerGpuHour - previous.usdPerGpuHour) > priceTolerance * previous.usdPerGpuHour
  );
}
