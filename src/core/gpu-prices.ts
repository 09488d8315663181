import { findGpu } from './catalog/gpu.ts';
import { listPrice } from './catalog/price.ts';
import type { Prices } from './estimate/time/cost.ts';
import type { Guards } from './guards.ts';
import { agreedPrice, planInferencePrice } from './plan/plan-price.ts';
import type { Plan, PlanRow } from './plan/plan.ts';
import type { BookPrice } from './policy/policy.ts';
import { printPlace } from './problem.ts';
import type { Facts } from './run/facts.ts';
import type { GpuSpec } from './run/hardware.ts';
import type { TrainingRun } from './run/training-run.ts';

/**
 * What each source says an hour of the run's GPU costs: the policy's price book, the plan, the catalog's dated list. A
 * price is that of one GPU and never prices another.
 */
export function pricesFor(run: TrainingRun, row: PlanRow | null, guards: Guards, today: string | null): Prices {
  const { gpu } = run.hardware;
  return {
    book: gpu === null ? null : bookPrice(guards.policy.prices, gpu),
    plan: guards.plan === null ? null : planPrice(guards.plan, guards.planGpu, gpu),
    list: gpu === null ? null : listPrice(gpu.name, today),
    planUsdPerMillionTokens: row === null ? null : planInferencePrice(row),
  };
}

/** The run without a stated price that is another GPU's: one that stands beside a GPU is the price of that GPU. */
export function withOwnPrice(run: TrainingRun, policyFacts: Facts, plan: Plan | null): TrainingRun {
  const authority = run.facts['hardware.usd_per_gpu_hour']?.authority;
  const beside = authority === 'policy' ? policyFacts : authority === 'plan' ? plan?.facts : undefined;
  const priced = beside?.['hardware.gpu']?.value;
  const { gpu } = run.hardware;
  if (priced === undefined || gpu === null || isNamed(gpu, priced)) return run;
  return { ...run, hardware: { ...run.hardware, usdPerGpuHour: null } };
}

function bookPrice(prices: readonly BookPrice[], gpu: GpuSpec): Prices['plan'] {
  const price = prices.find((entry) => isNamed(gpu, entry.gpu));
  if (price === undefined) return null;
  const { usdPerGpuHour, provider, terms, date, place } = price;
  const said = [terms, provider, date].filter((part) => part !== null).join(', ');
  return { usdPerGpuHour, source: `policy's price book${said === '' ? '' : `: ${said}`}, ${printPlace(place)}` };
}

/** Of the rows for the run's GPU; a row that names none is for the plan's. */
function planPrice(plan: Plan, planGpu: GpuSpec | null, gpu: GpuSpec | null): Prices['plan'] {
  const rows = [...plan.scales, ...plan.stages].filter((row) => {
    if (row.gpu === null) return gpu?.name === planGpu?.name;
    return gpu !== null && isNamed(gpu, row.gpu);
  });
  return agreedPrice(plan, rows, gpu);
}

/** Whether a name means this card; of one that the catalog lacks whether it is the same name. */
function isNamed(gpu: GpuSpec, name: string): boolean {
  const known = findGpu(name)?.gpu.name ?? name;
  return known.toLowerCase() === gpu.name.toLowerCase();
}
