import { formatGib } from '../units/bytes.ts';
import { formatGpuHours, formatHours } from '../units/duration.ts';
import { formatMoney } from '../units/money.ts';
import { formatShare } from '../units/share.ts';
import { leftOfTotal, type Left } from './left-of-total.ts';
import { capOf, type Figure, type Plan, type PlanRow } from './plan.ts';

/** Where the team stands on its plan. */
export interface PlanStatus {
  readonly rows: readonly RowStatus[];
  /** The smallest scale without a finished run, which the ladder asks for next; null where all are validated. */
  readonly next: string | null;
  /** What the finished runs leave of the total, a line each. */
  readonly left: readonly string[];
}

export interface RowStatus {
  readonly name: string;
  readonly state: 'planned' | 'validated' | 'exceeded';
  /** When the run finished, and what it measured against the plan and the estimate. */
  readonly detail: string | null;
}

/** Each row by its evidence: planned, validated, or exceeded where the finished run took more than the row allows. */
export function planStatus(plan: Plan): PlanStatus {
  const rows = [...plan.scales, ...plan.stages];
  return {
    rows: rows.map(statusOf),
    next: plan.scales.find(({ validation }) => validation === null)?.name ?? null,
    left: leftOf(plan),
  };
}

function statusOf(row: PlanRow): RowStatus {
  const { name, validation } = row;
  if (validation === null) return { name, state: 'planned', detail: null };
  const { date, link, gpuHours, peakMemoryBytes, predictedGpuHours, predictedMemoryBytes } = validation;
  const isOver = [
    [gpuHours, row.gpuHours],
    [peakMemoryBytes, row.memoryBytes],
  ].some(([measured, planned]) => measured != null && measured.value > (capOf(planned ?? null) ?? Infinity));
  const measured = [
    compare('GPU-hours', gpuHours, row.gpuHours, predictedGpuHours, formatHours),
    compare('memory', peakMemoryBytes, row.memoryBytes, predictedMemoryBytes, formatGib),
  ].flatMap((text) => text ?? []);
  return { name, state: isOver ? 'exceeded' : 'validated', detail: [date ?? link, ...measured].join('; ') };
}

/** `GPU-hours 1,100: 10% over the plan, 5% over the estimate`. */
function compare(
  what: string,
  measured: Figure | null,
  planned: Figure | null,
  predicted: Figure | null,
  print: (value: number) => string,
): string | null {
  if (measured === null) return null;
  const against = [
    [planned, 'the plan'],
    [predicted, 'the estimate'],
  ] as const;
  const offs = against.flatMap(([figure, name]) => {
    if (figure === null || figure.value <= 0) return [];
    const off = measured.value / figure.value - 1;
    if (Math.abs(off) < 0.005) return [`as ${name} says`];
    return [`${formatShare(Math.abs(off))} ${off > 0 ? 'over' : 'under'} ${name}`];
  });
  return `${what} ${print(measured.value)}${offs.length === 0 ? '' : `, ${offs.join(', ')}`}`;
}

function leftOf(plan: Plan): string[] {
  const { gpuHours = null, cost = null } = leftOfTotal(plan) ?? {};
  const print = ({ left, of }: Left, format: (value: number) => string): string =>
    `${format(Math.max(0, left))} of ${format(of)} are left`;
  return [
    ...(gpuHours === null ? [] : [print(gpuHours, formatGpuHours)]),
    ...(cost === null ? [] : [print(cost, (value) => formatMoney(value, cost.currency))]),
  ];
}
