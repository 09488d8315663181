import type { Figure as FigureName } from '../../../estimate/figures.ts';
import type { Figure, PlanRow } from '../../../plan/plan.ts';
import { formatGib } from '../../../units/bytes.ts';
import { formatCount } from '../../../units/count.ts';
import { formatHours } from '../../../units/duration.ts';
import { formatUsd } from '../../../units/money.ts';
import { formatShare } from '../../../units/share.ts';
import type { EstimatedRun } from '../../rule.ts';

/** A figure of the run beside the plan's. */
export interface Comparison {
  readonly name: string;
  readonly ours: number;
  readonly theirs: Figure;
  readonly format: (value: number) => string;
  readonly figure: FigureName;
  /** The row caps it: what exceeds it waits. */
  readonly isCap: boolean;
}

/** Figures that both sides have; what is unknown on either is no deviation. */
export function compare({ run, estimate, onRowGpu }: EstimatedRun, row: PlanRow): Comparison[] {
  const { tokens, sequenceLength } = run.training;
  const hours = estimate.compute?.gpuHours ?? null;
  const by = onRowGpu === null || hours === null ? '' : ` on ${onRowGpu.gpu}, by estimated speed,`;
  const candidates = [
    {
      name: 'GPU-hours',
      ours: hours === null ? null : (onRowGpu?.gpuHours ?? hours),
      theirs: row.gpuHours,
      format: (value: number) => `${formatHours(value)}${by}`,
      figure: 'gpuHours' as const,
      isCap: true,
    },
    {
      name: 'cost',
      ours: estimate.cost?.usd,
      theirs: row.costUsd,
      format: formatUsd,
      figure: 'costUsd' as const,
      isCap: true,
    },
    {
      name: 'samples',
      ours: tokens === null ? null : tokens / sequenceLength,
      theirs: row.samples,
      format: formatCount,
      figure: 'gpuHours' as const,
      isCap: true,
    },
    {
      name: 'tokens',
      ours: tokens,
      theirs: row.tokens,
      format: formatCount,
      figure: 'gpuHours' as const,
      isCap: true,
    },
    {
      name: 'memory per GPU',
      ours: estimate.memory?.peakBytes,
      theirs: row.memoryBytes,
      format: formatGib,
      figure: 'memoryBytes' as const,
      isCap: false,
    },
  ];
  return candidates.flatMap(({ ours, theirs, ...rest }) => {
    return ours == null || theirs === null || theirs.value <= 0 ? [] : [{ ...rest, ours, theirs }];
  });
}

/** 2 for twice as much and for half as much. */
export function timesOff({ ours, theirs }: Comparison): number {
  return Math.max(ours / theirs.value, theirs.value / Math.max(ours, Number.MIN_VALUE));
}

export function isAbove({ ours, theirs }: Comparison): boolean {
  return ours > theirs.value;
}

/** Within the tolerance of the figure, or of its range. */
export function isClose({ ours, theirs }: Comparison, tolerance: number): boolean {
  const low = theirs.low ?? theirs.value;
  if (theirs.isOpen === true && ours > theirs.value) return true;
  return ours <= theirs.value * (1 + tolerance) && ours >= low * (1 - tolerance);
}

/** `GPU-hours 20,352 against ~500 (×41)`, `memory per GPU 6.3 GiB against ~48 GB (−87%)`. */
export function describeComparison({ name, ours, theirs, format }: Comparison): string {
  const factor = ours / theirs.value;
  const change =
    factor >= 2
      ? `×${factor.toLocaleString('en-US', { maximumFractionDigits: factor < 10 ? 1 : 0 })}`
      : `${factor > 1 ? '+' : '−'}${formatShare(Math.abs(factor - 1))}`;
  return `${name} ${format(ours)} against ${theirs.text} (${change})`;
}
