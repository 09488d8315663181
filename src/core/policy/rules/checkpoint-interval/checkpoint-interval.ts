import { z } from 'zod';
import { formatShare } from '../../../units/share.ts';
import { lineOf } from '../../cause.ts';
import { defineRule } from '../../rule.ts';

/** Shares are computed from steps; 10% must not fail for its last digit. */
const rounding = 1 + 1e-9;

export const checkpointInterval = defineRule({
  name: 'checkpoint-interval',
  summary: 'A checkpoint is saved often enough that a crash costs little.',
  level: 'warning',
  isAskedFor: (plan) => plan?.recommendations.checkpointShare != null,
  options: z.strictObject({
    max_share: z
      .number()
      .gt(0)
      .max(1)
      .optional()
      .describe(
        "Largest share of the training between two checkpoints; the plan's recommendation by default, else 0.1",
      ),
  }),
  checkPair(pair, options, { plan }) {
    const { base, head } = pair;
    if (head?.subject !== 'run') return [];
    const most = options.max_share ?? plan?.recommendations.checkpointShare?.value ?? 0.1;
    const share = head.run.training.checkpointShare;
    if (share !== null && share <= most * rounding) return [];
    // Most frameworks that do not say it have no key for it, or count otherwise
    if (share === null && base?.run.training.checkpointShare == null && head.run.dialect !== 'scalegate') return [];
    const place = lineOf(pair, ['training.checkpoint_every', 'training.steps', 'training.tokens']);
    const message =
      share === null
        ? `How much of the training lies between two checkpoints can't be told; at most ${formatShare(most)} should.`
        : `${formatShare(share)} of the training lies between two checkpoints; at most ${formatShare(most)} should.`;
    const action =
      share === null
        ? `State how often checkpoints are saved, and the length of the training if it is in steps: training.checkpoint_every.`
        : `Save a checkpoint at least every ${formatShare(most)} of the training.`;
    return [{ badness: share ?? 1, place, message, action }];
  },
});
