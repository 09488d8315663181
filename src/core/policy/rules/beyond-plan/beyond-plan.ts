import { z } from 'zod';
import { scaleTolerance } from '../../../plan/plan.ts';
import { formatCount } from '../../../units/count.ts';
import { causeOf } from '../../cause.ts';
import { defineRule } from '../../rule.ts';

export const beyondPlan = defineRule({
  name: 'beyond-plan',
  summary: "The run is no larger than the plan's largest scale.",
  level: 'approval',
  options: z.strictObject({}),
  checkPair(pair, _options, { plan }) {
    const { head } = pair;
    const largest = plan?.scales.at(-1);
    if (plan === null || largest === undefined || head === null) return [];
    const parameters = head.estimate.parameters?.total;
    if (parameters === undefined) return [{ unknown: 'parameters' }];
    if (parameters <= largest.parameters.value * scaleTolerance) return [];
    return [
      {
        badness: parameters,
        place: causeOf(pair, 'parameters'),
        message:
          `The run has ${formatCount(parameters)} parameters; ${largest.place.path} ends at ${largest.name} with ` +
          `${largest.parameters.text}.`,
        action: `Add a scale to ${largest.place.path} first, or ask an approver to approve a run beyond the plan.`,
      },
    ];
  },
});
