import { z } from 'zod';
import type { Figure } from '../../../estimate/figures.ts';
import { formatGpuHours } from '../../../units/duration.ts';
import { formatUsd } from '../../../units/money.ts';
import { causeOf } from '../../cause.ts';
import { isOldViolation } from '../../old-violation.ts';
import { defineRule, type Complaint, type EstimatedRun, type RunPair } from '../../rule.ts';
import { reasonUnknown } from '../../unknown.ts';

export const budget = defineRule({
  name: 'budget',
  summary: 'Cost and GPU-hours of the run stay within the caps that the policy sets.',
  level: 'error',
  options: z.strictObject({
    max_cost_usd: z
      .number()
      .gt(0)
      .max(1e12)
      .optional()
      .describe('Most that one run may cost, in US dollars; no cap by default'),
    max_gpu_hours: z
      .number()
      .gt(0)
      .max(1e12)
      .optional()
      .describe('Most GPU-hours that one run may take; no cap by default'),
  }),
  checkPair(pair, options) {
    return [
      ...holdToCap(pair, {
        name: 'cost',
        moved: 'costUsd',
        cap: options.max_cost_usd,
        figure: costOf,
        format: formatUsd,
      }),
      ...holdToCap(pair, {
        name: 'GPU-hours',
        moved: 'gpuHours',
        cap: options.max_gpu_hours,
        figure: gpuHoursOf,
        format: formatGpuHours,
      }),
    ];
  },
});

interface Cap {
  readonly name: string;
  readonly moved: Figure;
  readonly cap: number | undefined;
  readonly figure: (side: EstimatedRun) => number | null;
  readonly format: (value: number) => string;
}

function holdToCap(pair: RunPair, { name, moved, cap, figure, format }: Cap): readonly Complaint[] {
  const { base, head } = pair;
  if (head === null || cap === undefined) return [];
  const place = causeOf(pair, moved);
  const value = figure(head);
  if (value === null) {
    const message = `The policy caps ${name} at ${format(cap)}, but this run's can't be known: ${reasonUnknown(head, 'cost')}.`;
    return [{ place, message, action: "Add what is missing to the config, or to the policy's assumptions for it." }];
  }
  if (value <= cap) return [];
  const isOld = isOldViolation(base === null ? null : figure(base), value, cap);
  const old = isOld ? ' It was over it at the base and has not grown.' : '';
  return [
    {
      place,
      message: `The run's ${name} of ${format(value)} is over the policy's cap of ${format(cap)}.${old}`,
      action: 'Train a smaller model or on fewer tokens, or have the cap raised in the policy first.',
      ...(isOld && { level: 'warning' }),
    },
  ];
}

function costOf({ estimate }: EstimatedRun): number | null {
  return estimate.cost?.usd ?? null;
}

function gpuHoursOf({ estimate }: EstimatedRun): number | null {
  return estimate.compute?.gpuHours ?? null;
}
