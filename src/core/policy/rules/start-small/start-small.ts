import { z } from 'zod';
import { causeOf } from '../../cause.ts';
import { growthFactorOf, isAboveSmallest, jumpOf, scaleName } from '../../jump.ts';
import { defineRule } from '../../rule.ts';
import { reasonUnknown } from '../../unknown.ts';
import { howToValidate, levelWithoutValidation } from '../../validation.ts';

export const startSmall = defineRule({
  name: 'start-small',
  summary: 'Nothing new starts or jumps above the smallest scale before that one has a finished run.',
  level: 'error',
  options: z.strictObject({}),
  checkPair(pair, _options, { plan }) {
    const { head } = pair;
    const smallest = plan?.scales[0];
    if (plan === null || smallest?.validation !== null) return [];
    if (head === null || jumpOf(pair, growthFactorOf(plan)) === null) return [];
    const place = causeOf(pair, 'parameters');
    const unvalidated = `${plan.path} records no finished run of ${smallest.name}, the smallest scale`;
    const action = howToValidate(smallest, plan);
    if (head.scale === null) {
      const reason = reasonUnknown(head, 'parameters');
      return [{ place, message: `${unvalidated}, and this run's scale can't be told: ${reason}.`, action }];
    }
    if (!isAboveSmallest(head.scale)) return [];
    const message = `${unvalidated}, and this run is ${scaleName(head.scale)}.`;
    return [{ place, message, action, ...levelWithoutValidation(plan) }];
  },
});
