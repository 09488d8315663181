import { z } from 'zod';
import { causeOf } from '../../cause.ts';
import { growthFactorOf, isAboveSmallest, jumpOf } from '../../jump.ts';
import { defineRule } from '../../rule.ts';
import { describeUnvalidated, howToValidate, levelWithoutValidation } from '../../validation.ts';

export const startSmall = defineRule({
  name: 'start-small',
  summary: 'Nothing new starts or jumps above the smallest scale before that one has a finished run.',
  level: 'error',
  comparesSides: true,
  options: z.strictObject({}),
  checkPair(pair, _options, { plan }) {
    const { head } = pair;
    const smallest = plan?.scales[0];
    if (plan === null || smallest?.validation !== null) return [];
    if (head === null || jumpOf(pair, growthFactorOf(plan)) === null) return [];
    if (head.scale === null) return [{ unknown: 'parameters' }];
    if (!isAboveSmallest(head.scale)) return [];
    return [
      {
        cause: 'validation',
        place: causeOf(pair, 'parameters'),
        message: describeUnvalidated(plan, head.scale),
        action: howToValidate(smallest),
        ...levelWithoutValidation(plan),
      },
    ];
  },
});
