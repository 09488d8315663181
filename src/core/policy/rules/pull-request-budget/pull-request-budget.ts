import { z } from 'zod';
import { formatGpuHours } from '../../../units/duration.ts';
import { formatUsd } from '../../../units/money.ts';
import { costOf, gpuHoursOf, type CappedFigure } from '../../capped-figure.ts';
import { nameOfFiles } from '../../for-files.ts';
import { grownRuns, sumOf } from '../../grown-runs.ts';
import { defineRule, type Complaint, type RunPair } from '../../rule.ts';

export const pullRequestBudget = defineRule({
  name: 'pull-request-budget',
  summary: 'All runs that the pull request adds or makes larger stay together within the caps that the policy sets.',
  level: 'approval',
  options: z.strictObject({
    max_cost_usd: z
      .number()
      .gt(0)
      .max(1e12)
      .optional()
      .describe('Most that the runs of one pull request may cost together, in US dollars; no cap by default'),
    max_gpu_hours: z
      .number()
      .gt(0)
      .max(1e12)
      .optional()
      .describe('Most GPU-hours that the runs of one pull request may take together; no cap by default'),
  }),
  checkPair({ head }, { max_cost_usd: usd, max_gpu_hours: hours }) {
    if (head === null) return [];
    return [
      ...(usd !== undefined && costOf(head) === null ? [{ unknown: 'costUsd' as const }] : []),
      ...(hours !== undefined && gpuHoursOf(head) === null ? [{ unknown: 'gpuHours' as const }] : []),
    ];
  },
  checkPullRequest(pairs, { max_cost_usd: usd, max_gpu_hours: hours }, { files, policyPlace }) {
    const cost = { name: 'cost', cap: usd, figure: costOf, format: formatUsd };
    const time = { name: 'GPU-hours', cap: hours, figure: gpuHoursOf, format: formatGpuHours };
    const together = { costUsd: sumOf(grownRuns(pairs, costOf)), gpuHours: sumOf(grownRuns(pairs, gpuHoursOf)) };
    return [cost, time].flatMap((cap): Complaint[] => {
      const over = explainOver(pairs, files, cap);
      return over === null ? [] : [{ ...over, place: policyPlace, together }];
    });
  },
});

interface Cap {
  readonly name: string;
  readonly cap: number | undefined;
  readonly figure: CappedFigure;
  readonly format: (value: number) => string;
}

function explainOver(
  pairs: readonly RunPair[],
  files: readonly string[] | null,
  { name, cap, figure, format }: Cap,
): Pick<Complaint, 'cause' | 'message' | 'action'> | null {
  const runs = grownRuns(pairs, figure);
  const total = sumOf(runs);
  if (cap === undefined || total <= cap) return null;
  const [largest] = runs.toSorted((one, other) => other.value - one.value);
  const most =
    largest === undefined || runs.length === 1
      ? ''
      : ` The largest is ${largest.pair.path} with ${format(largest.value)}.`;
  const where = files === null ? '' : ` in ${nameOfFiles(files)}`;
  const has = runs.length === 1 ? `one run${where} has` : `${runs.length} runs${where} have`;
  return {
    cause: `cap on ${name} of the pull request${where}`,
    message: `The pull request's ${has} a total ${name} of ${format(total)}, over the policy's cap of ${format(cap)}.${most}`,
    action: 'Ask an approver to approve the total, or start with fewer or smaller runs.',
  };
}
