import { z } from 'zod';
import { howToSettle } from '../../../plan/match-row.ts';
import { capOf, type Figure, type Plan, type PlanRow } from '../../../plan/plan.ts';
import { shareOfPeak } from '../../../plan/share-of-peak.ts';
import type { Figure as FigureName } from '../../../estimate/figures.ts';
import type { GpuSpec } from '../../../run/hardware.ts';
import { formatGib } from '../../../units/bytes.ts';
import { formatCount } from '../../../units/count.ts';
import { formatGpuHours } from '../../../units/duration.ts';
import { formatUsd } from '../../../units/money.ts';
import { formatShare } from '../../../units/share.ts';
import { startOf } from '../../../problem.ts';
import { causeOf, lineOf } from '../../cause.ts';
import { defineRule, type Complaint, type EstimatedRun, type RunPair } from '../../rule.ts';
import { inferenceCost } from './inference-cost.ts';
import { describeOtherAssumptions } from './plan-assumptions.ts';

export const planDeviation = defineRule({
  name: 'plan-deviation',
  summary: "The run takes no more than the plan's row for it, and is close to what the plan assumes.",
  level: 'approval',
  options: z.strictObject({
    tolerance: z
      .number()
      .gt(0)
      .max(100)
      .default(0.5)
      .describe("How far a figure may be from the plan's, as a share of it: 0.5 for half more or half less"),
  }),
  checkPair(pair, { tolerance }, { plan, planGpu }) {
    const match = pair.head?.row ?? null;
    if (plan === null || pair.head === null) return [];
    const otherGpu = beyondPlanGpu(pair, planGpu);
    if (match === null) return otherGpu;
    if (match.kind === 'several') return [openRow(match.rows, pair.path, match.reason), ...otherGpu];
    const { head } = pair;
    const { row } = match;
    const figures = compare(head, row);
    const impossible = whyImpossible(plan, row, planGpu);
    const caps = figures.filter(({ isCap, name }) => isCap && !(name === 'GPU-hours' && impossible !== null));
    const over = caps.filter(({ ours, theirs }) => ours > (capOf(theirs) ?? Infinity) * (1 + tolerance));
    const off = figures.filter(
      (figure) =>
        !over.includes(figure) && !isClose(figure.ours, figure.theirs, tolerance) && !isUncapped(figure, impossible),
    );
    const said = (
      some: readonly Comparison[],
      cause: string,
      words: string,
      level?: Complaint['level'],
    ): Complaint[] => {
      const [first] = some;
      if (first === undefined) return [];
      return [
        {
          cause,
          badness: some.reduce((product, figure) => product * timesOff(figure), 1),
          slack: noise,
          place: causeOf(pair, first.figure),
          message: `The run ${words} the plan's ${row.name}: ${some.map(describe).join('; ')}.`,
          action: `Check the config against ${plan.path} line ${first.theirs.place.line}, or correct the plan.`,
          ...(level && { level }),
        },
      ];
    };
    const assumptions = describeOtherAssumptions(head.run, plan);
    const inference = inferenceCost(pair, row);
    const isOverImpossible =
      impossible !== null &&
      figures.some((figure) => isUncapped(figure, impossible) && figure.ours > figure.theirs.value);
    return [
      ...otherGpu,
      ...said(over, 'over the plan', 'takes more than'),
      ...said(off.filter(isAbove), 'above the plan', 'is above', 'warning'),
      ...said(
        off.filter((figure) => !isAbove(figure)),
        'below the plan',
        'is below',
        'notice',
      ),
      ...inference,
      ...(isOverImpossible
        ? [
            {
              cause: 'impossible row',
              place: causeOf(pair, 'gpuHours'),
              message: impossible,
              action: `Correct ${plan.path}: until then nothing is held against it.`,
              level: 'notice' as const,
            },
          ]
        : []),
      ...(assumptions === null
        ? []
        : [
            {
              cause: 'plan assumptions',
              badness: assumptions.count,
              place: assumptions.place,
              message: assumptions.message,
              action: `Check the config against ${plan.path}, or correct the plan.`,
              level: 'notice' as const,
            },
          ]),
    ];
  },
});

/** Nothing is held against a guess: the rows are named, and what settles it. */
function openRow(rows: readonly PlanRow[], path: string, reason: string): Complaint {
  const names = rows.slice(0, 5).map(({ name }) => name);
  return {
    cause: 'several rows of the plan',
    level: 'notice',
    place: startOf(path),
    message: `The run may belong to several rows of the plan, ${names.join(', ')}: ${reason}. It is held against none of them.`,
    action: howToSettle(rows, path),
  };
}

/**
 * A config that names a bigger GPU than the plan has a bigger limit by that. What does not fit the plan's GPU waits,
 * unless the policy itself states the other one for its files.
 */
function beyondPlanGpu(pair: RunPair, planGpu: GpuSpec | null): Complaint[] {
  const { run, estimate } = pair.head ?? {};
  const gpu = run?.hardware.gpu ?? null;
  const peakBytes = estimate?.memory?.peakBytes ?? 0;
  if (gpu === null || planGpu === null || gpu.name === planGpu.name) return [];
  if (run?.facts['hardware.gpu']?.authority === 'policy') return [];
  if (peakBytes <= (planGpu.usableMemoryBytes ?? planGpu.memoryBytes)) return [];
  return [
    {
      cause: 'another GPU than the plan',
      badness: peakBytes,
      place: lineOf(pair, ['hardware.gpu']),
      message: `The run needs ${formatGib(peakBytes)} per GPU: more than the plan's ${planGpu.name} has. It states ${gpu.name}.`,
      action: `Ask an approver to approve the other GPU, or state it for these files in the policy's assumptions.`,
    },
  ];
}

interface Comparison {
  readonly name: string;
  readonly ours: number;
  readonly theirs: Figure;
  readonly format: (value: number) => string;
  readonly figure: FigureName;
  /** The row caps it: what exceeds it waits. */
  readonly isCap: boolean;
}

/** Figures that both sides have; what is unknown on either is no deviation. */
function compare({ run, estimate, onRowGpu }: EstimatedRun, row: PlanRow): Comparison[] {
  const { tokens, sequenceLength } = run.training;
  const hours = estimate.compute?.gpuHours ?? null;
  const by = onRowGpu === null || hours === null ? '' : ` on ${onRowGpu.gpu}, by estimated speed,`;
  const candidates = [
    {
      name: 'GPU-hours',
      ours: hours === null ? null : (onRowGpu?.gpuHours ?? hours),
      theirs: row.gpuHours,
      format: (value: number) => `${formatGpuHours(value)}${by}`,
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

/** A row whose hours are too few for its work at the GPU's peak caps no hours. */
function whyImpossible(plan: Plan, row: PlanRow, gpu: GpuSpec | null): string | null {
  const work = shareOfPeak(plan, row, gpu);
  if (work === null || work.share <= 1) return null;
  return (
    `The plan's ${row.name} would need ${formatShare(work.share)} of the GPU's peak: its ${work.gpuHours.text} ` +
    `GPU-hours are impossible and cap nothing.`
  );
}

function isUncapped({ name }: Comparison, impossible: string | null): boolean {
  return name === 'GPU-hours' && impossible !== null;
}

/** A tenth more than at the base is no new excess: most of it is how the time is estimated. */
const noise = 0.1;

/** 2 for twice as much and for half as much. */
function timesOff({ ours, theirs }: Comparison): number {
  return Math.max(ours / theirs.value, theirs.value / Math.max(ours, Number.MIN_VALUE));
}

function isAbove({ ours, theirs }: Comparison): boolean {
  return ours > theirs.value;
}

function isClose(ours: number, theirs: Figure, tolerance: number): boolean {
  const low = theirs.low ?? theirs.value;
  if (theirs.isOpen === true && ours > theirs.value) return true;
  return ours <= theirs.value * (1 + tolerance) && ours >= low * (1 - tolerance);
}

/** `GPU-hours 20,352 GPU-h against ~500 (×41)`, `memory per GPU 6.3 GiB against ~48 GB (-87%)`. */
function describe({ name, ours, theirs, format }: Comparison): string {
  const factor = ours / theirs.value;
  const change =
    factor >= 2
      ? `×${factor.toLocaleString('en-US', { maximumFractionDigits: factor < 10 ? 1 : 0 })}`
      : `${factor > 1 ? '+' : ''}${formatShare(factor - 1)}`;
  return `${name} ${format(ours)} against ${theirs.text} (${change})`;
}
