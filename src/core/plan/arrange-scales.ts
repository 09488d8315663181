import type { Problem } from '../problem.ts';
import type { Scale } from './plan.ts';

/** More rows than any ladder has: beyond it the file is no plan. */
const maxScales = 100;

/** The identity of a scale: its name without case and spacing. */
export function scaleKey(name: string): string {
  return name.toLowerCase().replaceAll(/\s+/g, ' ').trim();
}

/** Scales smallest first; a name that comes twice keeps its first row. What is out of order is a problem, not an error. */
export function arrangeScales(stated: readonly Scale[]): { scales: readonly Scale[]; problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const scales = new Map<string, Scale>();
  let previous: Scale | null = null;
  for (const scale of stated) {
    const first = scales.get(scaleKey(scale.name));
    if (first !== undefined) {
      problems.push(duplicateScale(scale, first));
      continue;
    }
    if (scales.size === maxScales) {
      problems.push(tooManyScales(scale));
      break;
    }
    if (previous !== null && scale.parameters.value <= previous.parameters.value) {
      problems.push(notAscending(scale, previous));
    }
    scales.set(scaleKey(scale.name), scale);
    previous = scale;
  }
  return { scales: [...scales.values()].sort(bySize), problems };
}

/** By parameters; of one size by compute, which is 6 × parameters × tokens, so by tokens. */
function bySize(a: Scale, b: Scale): number {
  return a.parameters.value - b.parameters.value || (a.tokens?.value ?? 0) - (b.tokens?.value ?? 0);
}

function duplicateScale(scale: Scale, first: Scale): Problem {
  return {
    code: 'duplicate-scale',
    place: scale.place,
    key: null,
    message: `The scale ${scale.name} is already in line ${first.place.line}.`,
    hint: 'Give each scale one row; the first one is taken.',
  };
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

function notAscending(scale: Scale, previous: Scale): Problem {
  return {
    code: 'scales-not-ascending',
    place: scale.parameters.place,
    key: null,
    message: `${scale.name} has ${scale.parameters.text} parameters, no more than ${previous.name} above it with ${previous.parameters.text}.`,
    hint: 'List the scales from the smallest to the largest.',
  };
}
