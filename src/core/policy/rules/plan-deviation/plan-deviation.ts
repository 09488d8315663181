import { z } from 'zod';
import { howToSettle } from '../../../plan/match-row.ts';
import { capOf, type Plan, type PlanRow } from '../../../plan/plan.ts';
import { shareOfPeak } from '../../../plan/share-of-peak.ts';
import { startOf } from '../../../problem.ts';
import type { GpuSpec } from '../../../run/hardware.ts';
import { formatShare } from '../../../units/share.ts';
import { causeOf } from '../../cause.ts';
import { defineRule, type Complaint } from '../../rule.ts';
import { compare, describeComparison, isAbove, isClose, timesOff, type Comparison } from './comparison.ts';
import { inferenceCost } from './inference-cost.ts';
import { memoryParts } from './memory-parts.ts';
import { beyondPlanGpu } from './other-gpu.ts';
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
      (figure) => !over.includes(figure) && !isClose(figure, tolerance) && !isUncapped(figure, impossible),
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
          message: `The run ${words} the plan's ${row.name}: ${some.map(describeComparison).join('; ')}.`,
          action: `Check the config against ${first.theirs.place.path} line ${first.theirs.place.line}, or correct the plan.`,
          ...(level && { level }),
        },
      ];
    };
    const assumptions = describeOtherAssumptions(head.run, plan);
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
      ...memoryParts(pair, row, tolerance),
      ...inferenceCost(pair, row),
      ...(isOverImpossible
        ? [
            {
              cause: 'impossible row',
              place: causeOf(pair, 'gpuHours'),
              message: impossible,
              action: `Correct ${row.gpuHours?.place.path ?? row.place.path}: until then nothing is held against it.`,
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
