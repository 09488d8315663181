import type { Problem } from '../problem.ts';
import type { Scale } from './plan.ts';

/** More rows than any ladder has: beyond it the file is no plan. */
const maxScales = 100;

/** Scales smallest first: by parameters, and of one size by compute. */
export function arrangeScales(stated: readonly Scale[]): { scales: readonly Scale[]; problems: readonly Problem[] } {
  const next = stated[maxScales];
  return { scales: stated.slice(0, maxScales).sort(bySize), problems: next === undefined ? [] : [tooManyScales(next)] };
}

/** Compute is 6 × parameters × tokens, so of one size the tokens tell. */
function bySize(a: Scale, b: Scale): number {
  return a.parameters.value - b.parameters.value || (a.tokens?.value ?? 0) - (b.tokens?.value ?? 0);
}

function tooManyScales(scale: Scale): Problem {
  return {
    code: 'too-many-scales',
    place: scale.place,
    key: null,
    message: `The plan has more than ${maxScales} scales.`,
    hint: 'The scales from this one on are not read.',
  };
}
