import type { EstimatedRun } from './rule.ts';

const most = 3;

/** What hides a figure: everything that parameters depend on hides memory too, and so on down. */
const hiders = {
  parameters: /^(parameters|model)/,
  memory: /^(parameters|model|memory|hardware)/,
  cost: /./,
} as const;

/** Why a figure of this run can't be known, in the words of what is missing; never empty. */
export function reasonUnknown({ run, estimate }: EstimatedRun, figure: keyof typeof hiders): string {
  const hidden = [...run.unknown, ...estimate.unknown].filter(({ field }) => hiders[figure].test(field));
  const reasons = [...new Set(hidden.map(({ reason }) => reason.replace(/\.$/, '')))];
  if (reasons.length === 0) return 'the config does not state enough';
  const more = reasons.length > most ? `; and ${reasons.length - most} more` : '';
  return reasons.slice(0, most).join('; ') + more;
}
