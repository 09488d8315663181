import { z } from 'zod';
import { formatCount } from '../../../units/count.ts';
import { causeOf } from '../../cause.ts';
import { growthFactorOf, isAboveSmallest, jumpOf, scaleName, type Jump } from '../../jump.ts';
import { defineRule, type EstimatedRun } from '../../rule.ts';
import { reasonUnknown } from '../../unknown.ts';

export const scaleJump = defineRule({
  name: 'scale-jump',
  summary: 'The run does not climb to a higher scale and does not multiply its parameters.',
  level: 'approval',
  options: z.strictObject({
    growth_factor: z
      .number()
      .gt(1)
      .max(1_000)
      .optional()
      .describe("Growth in parameters that counts as a jump; the plan's recommendation by default, else 2"),
  }),
  checkPair(pair, options, { plan }) {
    const { base, head } = pair;
    const jump = jumpOf(pair, options.growth_factor ?? growthFactorOf(plan));
    if (head === null || jump === null) return [];
    if (jump === 'new' && !isAboveSmallest(head.scale)) return [];
    const action =
      jump === 'unknown'
        ? "State the model's dimensions in the config or in the policy's assumptions, or ask an approver."
        : 'Ask an approver to approve the jump, or take a smaller step.';
    return [{ place: causeOf(pair, 'parameters'), message: describe(jump, base, head), action }];
  },
});

function describe(jump: Jump, base: EstimatedRun | null, head: EstimatedRun): string {
  if (jump === 'unknown') return `A jump in scale can't be ruled out: ${reasonUnknown(head, 'parameters')}.`;
  if (jump === 'new') return `A new run of ${sizeOf(head)} starts above the smallest scale of the plan.`;
  const growth = (head.estimate.parameters?.total ?? 0) / (base?.estimate.parameters?.total ?? 1);
  const times = `${growth.toLocaleString('en-US', { maximumFractionDigits: 1 })} times the parameters`;
  const steps = base === null ? '' : `from ${sizeOf(base)} to ${sizeOf(head)}`;
  return jump === 'climb' ? `The run climbs ${steps}, ${times}.` : `The run grows ${steps}, ${times}.`;
}

/** `1.0B parameters (Large)`. */
function sizeOf({ estimate, scale }: EstimatedRun): string {
  const parameters = `${formatCount(estimate.parameters?.total ?? 0)} parameters`;
  return scale === null ? parameters : `${parameters} (${scaleName(scale)})`;
}
