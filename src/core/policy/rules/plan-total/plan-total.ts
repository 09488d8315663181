import { z } from 'zod';
import { leftOfTotal, type Left } from '../../../plan/left-of-total.ts';
import type { Plan } from '../../../plan/plan.ts';
import { formatGpuHours } from '../../../units/duration.ts';
import { formatUsd } from '../../../units/money.ts';
import { costOf, gpuHoursOf, type CappedFigure } from '../../capped-figure.ts';
import { grownRuns, sumOf } from '../../grown-runs.ts';
import { defineRule, type RunPair } from '../../rule.ts';

export const planTotal = defineRule({
  name: 'plan-total',
  summary:
    "Runs of the plan that the pull request adds or makes larger fit what finished runs leave of the plan's total.",
  level: 'approval',
  options: z.strictObject({}),
  checkPair(pair, _, { plan }) {
    const total = budgetOf(plan);
    if (total === null || pair.head === null || !isCounted(pair)) return [];
    return [
      ...(total.usd !== null && costOf(pair.head) === null ? [{ unknown: 'costUsd' as const }] : []),
      ...(total.gpuHours !== null && gpuHoursOf(pair.head) === null ? [{ unknown: 'gpuHours' as const }] : []),
    ];
  },
  checkPullRequest(pairs, _, { plan }) {
    const total = budgetOf(plan);
    if (plan?.total == null || total === null) return [];
    const runs = pairs.filter(isCounted);
    const over = [
      ...excess(runs, total.usd, costOf, formatUsd),
      ...excess(runs, total.gpuHours, hoursOf, formatGpuHours),
    ];
    if (over.length === 0) return [];
    const count = Math.max(...over.map((figure) => figure.runs));
    const take = count === 1 ? "pull request's run takes" : `pull request's ${count} runs take`;
    const needs = over.map(({ needed }) => needed).join(' and ');
    const left = over.map((figure) => figure.left).join(' and ');
    const { path, line } = plan.total.place;
    return [
      {
        place: plan.total.place,
        message: `The ${take} ${needs}, and ${left} of the plan's total are left.`,
        action: `Ask an approver to approve what is beyond the total, or have it raised in ${path} line ${line} first.`,
        together: { costUsd: sumOf(grownRuns(runs, costOf)), gpuHours: sumOf(grownRuns(runs, gpuHoursOf)) },
      },
    ];
  },
});

/** What is left to hold runs against; null where no finished run says what was spent. */
function budgetOf(plan: Plan | null): Record<'gpuHours' | 'usd', Left | null> | null {
  const total = plan === null ? null : leftOfTotal(plan);
  if (total === null || total.finishedRuns === 0) return null;
  return { gpuHours: total.gpuHours, usd: total.cost?.currency === 'USD' ? total.cost : null };
}

/** Runs that the plan has a row for; what it calls optional is no part of the total. */
function isCounted({ head }: RunPair): boolean {
  return head?.row?.kind === 'row' && !head.row.row.isOptional;
}

/** In hours of the row's GPU, where the run has another one. */
const hoursOf: CappedFigure = (run) => {
  const hours = gpuHoursOf(run);
  return hours === null ? null : (run.onRowGpu?.gpuHours ?? hours);
};

interface Excess {
  readonly runs: number;
  readonly needed: string;
  readonly left: string;
}

function excess(
  pairs: readonly RunPair[],
  left: Left | null,
  figure: CappedFigure,
  format: (value: number) => string,
): readonly Excess[] {
  const runs = grownRuns(pairs, figure);
  const needed = sumOf(runs);
  if (left === null || needed <= Math.max(0, left.left)) return [];
  return [{ runs: runs.length, needed: format(needed), left: format(Math.max(0, left.left)) }];
}
