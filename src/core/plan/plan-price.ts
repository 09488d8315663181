import type { GpuSpec } from '../run/hardware.ts';
import type { Plan, PlanRow } from './plan.ts';
import { shareOfPeak } from './share-of-peak.ts';

/** Price of a GPU-hour that a row implies: its cost over its GPU-hours; null where it gives only one of the two. */
export function rowPrice({ costUsd, gpuHours }: PlanRow): number | null {
  if (costUsd === null || gpuHours === null || gpuHours.value <= 0 || costUsd.isOpen !== gpuHours.isOpen) return null;
  return costUsd.value / gpuHours.value;
}

/** Prices this close are the same price, rounded. */
export const priceTolerance = 0.1;

/**
 * The price of a GPU-hour that all of some rows imply, which are for that GPU: a row with impossible hours says nothing.
 * Null where none implies one, and where they differ: then the costs are more than GPU-hours, or one of them is wrong.
 */
export function agreedPrice(
  plan: Plan,
  rows: readonly PlanRow[],
  gpu: GpuSpec | null,
): { usdPerGpuHour: number; source: string } | null {
  const priced = rows.flatMap((row) => {
    const price = rowPrice(row);
    const isImpossible = (shareOfPeak(plan, row, gpu)?.share ?? 0) > 1;
    return price === null || isImpossible ? [] : [{ row, price }];
  });
  const prices = priced.map(({ price }) => price).toSorted((one, other) => one - other);
  const [low, middle, high] = [prices[0], prices[Math.floor(prices.length / 2)], prices.at(-1)];
  if (low === undefined || middle === undefined || high === undefined || high > low * (1 + priceTolerance)) return null;
  const names = priced.slice(0, 3).map(({ row }) => row.name);
  const more = priced.length > names.length ? ` and ${priced.length - names.length} more` : '';
  return { usdPerGpuHour: middle, source: `${plan.path}: cost / GPU-hours of ${names.join(', ')}${more}` };
}

/** What the plan expects a million generated tokens to cost; null where the row does not say. */
export function planInferencePrice({ usdPerMillionTokens, name }: PlanRow): { usd: number; source: string } | null {
  return usdPerMillionTokens === null ? null : { usd: usdPerMillionTokens.value, source: `plan row ${name}` };
}
