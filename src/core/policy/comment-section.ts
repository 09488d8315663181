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
  })
  .transform(({ when, min_cost_usd: minCostUsd, min_percent: percent }) => ({
    when,
    minCostUsd,
    minShare: percent / 100,
  }));

/** When a pull request is commented on, as the policy sets it. */
export type CommentPolicy = z.output<typeof CommentSection>;
