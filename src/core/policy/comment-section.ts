import { z } from 'zod';

/** When a pull request is commented on. */
export const CommentSection = z
  .strictObject({
    when: z
      .enum(['changed', 'findings', 'always'])
      .default('changed')
      .describe(
        'changed: a figure, a fact or a finding differs; findings: a rule warns, waits or fails; always: a config is touched',
      ),
    min_cost_usd: z
      .number()
      .min(0)
      .max(1e12)
      .default(0)
      .describe('With changed: a cost that changes by at least so many dollars is worth a comment'),
    min_percent: z
      .number()
      .min(0)
      .max(1e6)
      .default(0)
      .describe('With changed: a figure that changes by at least so many percent is worth a comment'),
    suggestions: z
      .boolean()
      .default(true)
      .describe('A change that makes a config fit is also suggested on its lines, where the pull request changes them'),
  })
  .transform(({ when, min_cost_usd: minCostUsd, min_percent: percent, suggestions }) => ({
    when,
    minCostUsd,
    minShare: percent / 100,
    suggestions,
  }));

/** When a pull request is commented on, as the policy sets it. */
export type CommentPolicy = z.output<typeof CommentSection>;
