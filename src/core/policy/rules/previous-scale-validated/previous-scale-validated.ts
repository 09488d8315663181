import { z } from 'zod';
import { causeOf } from '../../cause.ts';
import { growthFactorOf, jumpOf } from '../../jump.ts';
import { defineRule } from '../../rule.ts';
import { describeUnvalidated, howToValidate, levelWithoutValidation, unvalidatedBefore } from '../../validation.ts';

export const previousScaleValidated = defineRule({
  name: 'previous-scale-validated',
  summary: 'A new run, or one that jumps, follows a finished run at the scale below.',
  level: 'error',
  comparesSides: true,
  options: z.strictObject({}),
  checkPair(pair, _options, { plan }) {
    const { head } = pair;
    if (plan === null || plan.scales.length === 0) return [];
    if (head === null || jumpOf(pair, growthFactorOf(plan)) === null) return [];
    if (head.scale === null) return [{ unknown: 'parameters' }];
    const [first] = unvalidatedBefore(plan, head.scale).filter(({ role }) => role === 'the scale below');
    if (first === undefined) return [];
    return [
      {
        cause: 'validation',
        place: causeOf(pair, 'parameters'),
        message: describeUnvalidated(plan, head.scale),
        action: howToValidate(first.scale),
        ...levelWithoutValidation(plan),
      },
    ];
  },
});
