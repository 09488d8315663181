import type { Plan, Scale, ScaleMatch } from '../plan/plan.ts';
import { scaleName } from './jump.ts';
import type { Complaint } from './rule.ts';

/**
 * A plan that records no validation at all was not written with these rules in mind: they ask for approval until its
 * first record, and fail from then on.
 */
export function levelWithoutValidation(plan: Plan): Pick<Complaint, 'level'> {
  return plan.scales.some((scale) => scale.validation !== null) ? {} : { level: 'approval' };
}

/** What a run builds on and nobody has finished yet: the scale below its own, and the smallest. */
export function unvalidatedBefore(plan: Plan, match: ScaleMatch): readonly { scale: Scale; role: string }[] {
  const below = plan.scales[(match.kind === 'beyond' ? plan.scales.length : match.index) - 1];
  const smallest = plan.scales[0];
  const isSmallest = match.kind === 'scale' && match.index === 0;
  return [
    ...(below?.validation === null ? [{ scale: below, role: 'the scale below' }] : []),
    ...(smallest?.validation === null && smallest !== below && !isSmallest
      ? [{ scale: smallest, role: 'the smallest scale' }]
      : []),
  ];
}

/** `docs/plan.md records no finished run of Large, the scale below, nor of Tiny, the smallest scale; this run is XL.` */
export function describeUnvalidated(plan: Plan, match: ScaleMatch): string {
  const names = unvalidatedBefore(plan, match).map(({ scale, role }) => `${scale.name}, ${role}`);
  return `${plan.path} records no finished run of ${names.join(', nor of ')}; this run is ${scaleName(match)}.`;
}

/** What to do about a scale that has no finished run to its name. */
export function howToValidate(scale: Scale): string {
  const { path } = scale.place;
  const record = /\.(?:md|markdown|csv|tsv)$/i.test(path)
    ? 'a table with the columns Scale, Run (a link), Date, Measured memory, Measured GPU hours'
    : `a validation with a link, under the scale ${scale.name}`;
  return `Train ${scale.name} first and record the finished run in ${path}: ${record}.`;
}
