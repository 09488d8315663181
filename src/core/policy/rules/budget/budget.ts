import { z } from 'zod';
import type { Figure } from '../../../estimate/figures.ts';
import { formatGpuHours } from '../../../units/duration.ts';
import { formatUsd } from '../../../units/money.ts';
import { causeOf } from '../../cause.ts';
import { costOf, gpuHoursOf, type CappedFigure } from '../../capped-figure.ts';
import { defineRule, type Remarks, type RunPair } from '../../rule.ts';

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
  readonly figure: CappedFigure;
  readonly format: (value: number) => string;
}

function holdToCap(pair: RunPair, { name, moved, cap, figure, format }: Cap): Remarks {
  const { head } = pair;
  if (head === null || cap === undefined) return [];
  const value = figure(head);
  if (value === null) return [{ unknown: moved }];
  if (value <= cap) return [];
  return [
    {
      cause: `cap on ${name}`,
      badness: value,
      place: causeOf(pair, moved),
      message: `The run's ${name} of ${format(value)} is over the policy's cap of ${format(cap)}.`,
      action: 'Train a smaller model or on fewer tokens, or have the cap raised in the policy first.',
    },
  ];
}
