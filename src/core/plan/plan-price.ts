import type { PlanRow } from './plan.ts';

/** Price of a GPU-hour that a row implies: its cost over its GPU-hours; null where it gives only one of the two. */
export function planPrice(row: PlanRow): { usdPerGpuHour: number; source: string } | null {
  const { costUsd, gpuHours, name } = row;
  if (costUsd === null || gpuHours === null || gpuHours.value <= 0 || costUsd.isOpen !== gpuHours.isOpen) return null;
  return {
    usdPerGpuHour: costUsd.value / gpuHours.value,
    source: `plan row ${name}: ${costUsd.text} / ${gpuHours.text} GPU-hours`,
  };
}

/** What the plan expects a million generated tokens to cost; null where the row does not say. */
export function planInferencePrice({ usdPerMillionTokens, name }: PlanRow): { usd: number; source: string } | null {
  return usdPerMillionTokens === null ? null : { usd: usdPerMillionTokens.value, source: `plan row ${name}` };
}
