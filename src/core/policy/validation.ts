import type { Plan, Scale } from '../plan/plan.ts';
import type { Complaint } from './rule.ts';

/**
 * A plan that records no validation at all was not written with these rules in mind: they ask for approval until its
 * first record, and fail from then on.
 */
export function levelWithoutValidation(plan: Plan): Pick<Complaint, 'level'> {
  return plan.scales.some((scale) => scale.validation !== null) ? {} : { level: 'approval' };
}

/** What to do about a scale that has no finished run to its name. */
export function howToValidate(scale: Scale, plan: Plan): string {
  const record = /\.(md|markdown)$/i.test(plan.path)
    ? 'a table with the columns Scale, Run (a link), Date, Measured memory, Measured GPU hours'
    : `a validation with a link, under the scale ${scale.name}`;
  return `Train ${scale.name} first and record the finished run in ${plan.path}: ${record}.`;
}
