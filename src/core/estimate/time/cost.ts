import type { CostEstimate } from '../estimate.ts';
import { unknownPart, type Part } from '../part.ts';
import { printPlace } from '../../problem.ts';
import { formatUsd } from '../../units/money.ts';
import { factOf, type TrainingRun } from '../../run/training-run.ts';

/** What one hour of one GPU costs, and who says so. */
export interface GpuPrice {
  readonly usdPerGpuHour: number;
  readonly source: string;
  /** What a reader should know before believing it; a price of policy or plan has nothing to add. */
  readonly caveat?: string;
}

/** Prices of the run's GPU besides the one that is stated for the run itself. */
export interface Prices {
  /** The policy's price book. */
  readonly book?: GpuPrice | null;
  readonly plan: GpuPrice | null;
  readonly list: GpuPrice | null;
  /** The plan's own figure for inference, where the model of a GPU gives none. */
  readonly planUsdPerMillionTokens?: { readonly usd: number; readonly source: string } | null;
}

/**
 * The price that counts for a run: what the policy states for its file, else its price book, else the plan's, else the
 * list's; null when nobody names one.
 */
export function gpuPrice(run: TrainingRun, { book = null, plan, list }: Prices): GpuPrice | null {
  const stated = statedPrice(run);
  const isOfPlan = factOf(run, 'hardware.usd_per_gpu_hour')?.authority === 'plan';
  return isOfPlan ? (book ?? stated ?? plan ?? list) : (stated ?? book ?? plan ?? list);
}

function statedPrice(run: TrainingRun): GpuPrice | null {
  const { usdPerGpuHour } = run.hardware;
  if (usdPerGpuHour === null) return null;
  const fact = factOf(run, 'hardware.usd_per_gpu_hour');
  const place = fact?.place == null ? '' : `, ${printPlace(fact.place)}`;
  return { usdPerGpuHour, source: `${fact?.authority ?? 'config'}${place}` };
}

/** GPU-hours × price. The dollars are null as long as the hours are. */
export function costPart(
  gpuHours: number | null,
  price: GpuPrice | null,
  gpu: string | null = null,
): Part<CostEstimate> {
  if (price === null) {
    const what = gpu === null ? 'no price of the GPU is known' : `there is no list price of the ${gpu}`;
    return unknownPart('cost', `${what}: state one under the policy's prices`);
  }
  const { usdPerGpuHour, source, caveat } = price;
  const value = { usd: gpuHours === null ? null : gpuHours * usdPerGpuHour, usdPerGpuHour, priceSource: source };
  const unknown = gpuHours === null ? [{ field: 'cost.usd', reason: 'the GPU-hours are unknown' }] : [];
  const assumptions =
    caveat === undefined
      ? []
      : [{ field: 'cost.usd_per_gpu_hour', value: formatUsd(usdPerGpuHour), reason: `${source}; ${caveat}` }];
  return { value, assumptions, unknown };
}
