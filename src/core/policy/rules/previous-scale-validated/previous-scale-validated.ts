import { z } from 'zod';
import type { Plan, Scale, ScaleMatch } from '../../../plan/plan.ts';
import { causeOf } from '../../cause.ts';
import { growthFactorOf, jumpOf, scaleName } from '../../jump.ts';
import { defineRule } from '../../rule.ts';
import { reasonUnknown } from '../../unknown.ts';
import { howToValidate, levelWithoutValidation } from '../../validation.ts';

export const previousScaleValidated = defineRule({
  name: 'previous-scale-validated',
  summary: 'A new run, or one that jumps, follows a finished run at the scale below.',
  level: 'error',
  options: z.strictObject({}),
  checkPair(pair, _options, { plan }) {
    const { head } = pair;
    if (plan === null || plan.scales.length === 0) return [];
    if (head === null || jumpOf(pair, growthFactorOf(plan)) === null) return [];
    const place = causeOf(pair, 'parameters');
    if (head.scale === null) {
      const message = `The scale below this run can't be told: ${reasonUnknown(head, 'parameters')}.`;
      const action = "State the model's dimensions in the config or in the policy's assumptions.";
      return [{ place, message, action }];
    }
    const below = scaleBelow(plan, head.scale);
    if (below?.validation !== null) return [];
    const message = `${plan.path} records no finished run of ${below.name}, the scale below, and this run is ${scaleName(head.scale)}.`;
    return [{ place, message, action: howToValidate(below, plan), ...levelWithoutValidation(plan) }];
  },
});

function scaleBelow({ scales }: Plan, match: ScaleMatch): Scale | null {
  const index = match.kind === 'beyond' ? scales.length : match.index;
  return scales[index - 1] ?? null;
}
