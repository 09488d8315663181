import { z } from 'zod';
import type { Figure, Scale } from '../../../plan/plan.ts';
import type { Figure as FigureName } from '../../../estimate/figures.ts';
import { formatGib } from '../../../units/bytes.ts';
import { formatGpuHours } from '../../../units/duration.ts';
import { formatUsd } from '../../../units/money.ts';
import { formatShare } from '../../../units/share.ts';
import { causeOf } from '../../cause.ts';
import { defineRule, type EstimatedRun } from '../../rule.ts';

export const planDeviation = defineRule({
  name: 'plan-deviation',
  summary: "Memory, GPU-hours and cost are close to the plan's row for the run.",
  level: 'warning',
  options: z.strictObject({
    tolerance: z
      .number()
      .gt(0)
      .max(100)
      .default(0.5)
      .describe("How far a figure may be from the plan's, as a share of it: 0.5 for half more or half less"),
  }),
  checkPair(pair, { tolerance }, { plan }) {
    if (plan === null || pair.head === null || pair.head.scale?.kind !== 'scale') return [];
    const { scale } = pair.head.scale;
    const deviations = compare(pair.head, scale).filter(({ ours, theirs }) => !isClose(ours, theirs.value, tolerance));
    const [first] = deviations;
    if (first === undefined) return [];
    return [
      {
        place: causeOf(pair, first.figure),
        message: `The run is off the plan's ${scale.name}: ${deviations.map(describe).join('; ')}.`,
        action: `Check the config against ${plan.path} line ${first.theirs.place.line}, or correct the plan.`,
      },
    ];
  },
});

interface Comparison {
  readonly name: string;
  readonly ours: number;
  readonly theirs: Figure;
  readonly format: (value: number) => string;
  readonly figure: FigureName;
}

/** Figures that both sides have; what is unknown on either is no deviation. */
function compare({ estimate }: EstimatedRun, scale: Scale): Comparison[] {
  const candidates = [
    {
      name: 'memory per GPU',
      ours: estimate.memory?.peakBytes,
      theirs: scale.memoryBytes,
      format: formatGib,
      figure: 'memoryBytes' as const,
    },
    {
      name: 'GPU-hours',
      ours: estimate.compute?.gpuHours,
      theirs: scale.gpuHours,
      format: formatGpuHours,
      figure: 'gpuHours' as const,
    },
    { name: 'cost', ours: estimate.cost?.usd, theirs: scale.costUsd, format: formatUsd, figure: 'costUsd' as const },
  ];
  return candidates.flatMap(({ ours, theirs, ...rest }) => {
    return ours == null || theirs === null || theirs.value <= 0 ? [] : [{ ...rest, ours, theirs }];
  });
}

function isClose(ours: number, theirs: number, tolerance: number): boolean {
  return Math.abs(ours - theirs) <= tolerance * theirs;
}

/** `memory per GPU 72.3 GiB against ~48 GB (+51 %)`. */
function describe({ name, ours, theirs, format }: Comparison): string {
  const change = ours / theirs.value - 1;
  return `${name} ${format(ours)} against ${theirs.text} (${change > 0 ? '+' : ''}${formatShare(change)})`;
}
