import { figureNames, type Figure } from '../estimate/figures.ts';
import type { EstimatedRun } from './rule.ts';

const most = 3;

/** What hides a figure: everything that parameters depend on hides memory too, and so on down. */
const hiders: Readonly<Record<Figure, RegExp>> = {
  parameters: /^(parameters|model)/,
  memoryBytes: /^(parameters|model|memory|hardware\.count)/,
  gpuHours: /^(?!cost|inference)/,
  costUsd: /^(?!inference)/,
  wallClockHours: /^(?!cost|inference)/,
};

const names: Readonly<Record<Figure, string>> = {
  parameters: 'the number of parameters',
  memoryBytes: 'memory per GPU',
  gpuHours: 'GPU-hours',
  costUsd: 'cost',
  wallClockHours: 'time',
};

/** Figures of a run that can't be known, and why, in one sentence. */
export function whatIsUnknown(run: EstimatedRun, figures: readonly Figure[]): string {
  const unknown = figureNames.filter((figure) => figures.includes(figure)).map((figure) => names[figure]);
  const last = unknown.at(-1) ?? '';
  const list = unknown.length > 1 ? `${unknown.slice(0, -1).join(', ')} and ${last}` : last;
  return `${list.charAt(0).toUpperCase()}${list.slice(1)} can't be known: ${reasonsUnknown(run, figures)}.`;
}

/** What to do so that it can be known. */
export function howToKnow(run: EstimatedRun, figures: readonly Figure[]): string {
  if (run.subject === 'not-estimated') return 'Nothing is to be done: such runs are not judged.';
  // The reason says it already
  if (/\bstate\b/.test(reasonsUnknown(run, figures))) return '';
  return figures.includes('parameters')
    ? "State the model's dimensions in the config or in the policy's assumptions for it."
    : "Add what is missing to the config, or to the policy's assumptions for it.";
}

/** Why figures of this run can't be known, in the words of what is missing; never empty. */
export function reasonsUnknown({ run, estimate, subject }: EstimatedRun, figures: readonly Figure[]): string {
  // Nothing else can be known without them
  const asked: readonly Figure[] = figures.includes('parameters') ? ['parameters'] : figures;
  // Of what is not estimated the one reason is why not
  const unknown = subject === 'not-estimated' ? estimate.unknown : [...run.unknown, ...estimate.unknown];
  const hidden = unknown.filter(({ field }) => asked.some((figure) => hiders[figure].test(field)));
  const reasons = [...new Set(hidden.map(({ reason }) => reason.replace(/\.$/, '')))];
  if (reasons.length === 0) return 'the config does not state enough';
  const more = reasons.length > most ? `; and ${reasons.length - most} more` : '';
  return reasons.slice(0, most).join('; ') + more;
}
