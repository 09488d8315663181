import { z } from 'zod';
import { scaleTolerance } from '../../../plan/plan.ts';
import { formatCount } from '../../../units/count.ts';
import { causeOf } from '../../cause.ts';
import { isOldViolation } from '../../old-violation.ts';
import { defineRule } from '../../rule.ts';
import { reasonUnknown } from '../../unknown.ts';

export const beyondPlan = defineRule({
  name: 'beyond-plan',
  summary: "The run is no larger than the plan's largest scale.",
  level: 'approval',
  options: z.strictObject({}),
  checkPair(pair, _options, { plan }) {
    const { base, head } = pair;
    const largest = plan?.scales.at(-1);
    if (plan === null || largest === undefined || head === null) return [];
    const place = causeOf(pair, 'parameters');
    const parameters = head.estimate.parameters?.total;
    if (parameters === undefined) {
      const message = `Whether the run is within ${plan.path} can't be told: ${reasonUnknown(head, 'parameters')}.`;
      const action = "State the model's dimensions in the config or in the policy's assumptions, or ask an approver.";
      return [{ place, message, action }];
    }
    const limit = largest.parameters.value * scaleTolerance;
    if (parameters <= limit) return [];
    const isOld = isOldViolation(base?.estimate.parameters?.total ?? null, parameters, limit);
    return [
      {
        place,
        message:
          `The run has ${formatCount(parameters)} parameters; ${plan.path} ends at ${largest.name} with ` +
          `${largest.parameters.text}.${isOld ? ' So it did at the base, and it has not grown.' : ''}`,
        action: `Add a scale to ${plan.path} first, or ask an approver to approve a run beyond the plan.`,
        ...(isOld && { level: 'warning' }),
      },
    ];
  },
});
