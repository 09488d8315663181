import type { Problem } from '../../problem.ts';
import { showText } from '../../document/show-value.ts';
import { parseHours } from '../../units/duration.ts';
import type { Figure, Scale } from '../plan.ts';
import { rowKey } from '../row-key.ts';
import type { Section } from './sections.ts';
import { cut, placeIn, plainText, type Span } from './span.ts';

/** Scales with the hours of data that list items ask for: "~1000 hours of VR session data for Medium scale". */
export function addDataHours(
  scales: readonly Scale[],
  sections: readonly Section[],
): { scales: readonly Scale[]; problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const hoursByScale = new Map<string, Figure>();
  for (const { heading, items } of sections) {
    for (const item of items) {
      if (!/\bdata/i.test(heading) && !/\bdata\b/i.test(item.source)) continue;
      const hours = readHours(item);
      const name = hours === null ? null : nameIn(item);
      if (hours === null || name === null) continue;
      const scale = longestMatch(scales, name);
      if (scale !== null && !hoursByScale.has(scale.name)) hoursByScale.set(scale.name, hours);
      else if (scale === null && /^[^,.;]{1,40}\bscale\b/i.test(name)) problems.push(unknownScale(item, name, scales));
    }
  }
  return {
    scales: scales.map((scale) => ({ ...scale, dataHours: scale.dataHours ?? hoursByScale.get(scale.name) ?? null })),
    problems,
  };
}

function readHours(item: Span): Figure | null {
  const match = /[~≈]?\b\d[\d.,_]{0,20}[kmb]?\s?(?:hours?|hrs?|h)\b/i.exec(item.source);
  const value = match === null ? null : parseHours(match[0]);
  return match === null || value === null ? null : { value, text: match[0], place: placeIn(item, match.index) };
}

/** What the need is for: the text after "for", or before the colon of "Medium: ~1000 hours"; it begins with a scale. */
function nameIn(item: Span): string | null {
  const after = /\bfor\s+(?:the\s+)?(?=\S)/i.exec(item.source);
  if (after !== null) return plainText(cut(item, after.index + after[0].length, item.source.length));
  const colon = item.source.indexOf(':');
  return colon < 1 ? null : plainText(cut(item, 0, colon));
}

/** The scale whose name the text begins with, as a word of its own; of two such, the longer name. */
function longestMatch(scales: readonly Scale[], text: string): Scale | null {
  const start = `${rowKey(text).replaceAll(/[^\p{L}\p{N}]+/gu, ' ')} `;
  const matches = scales.filter(({ name }) => start.startsWith(`${rowKey(name).replaceAll(/[^\p{L}\p{N}]+/gu, ' ')} `));
  return matches.sort((a, b) => b.name.length - a.name.length)[0] ?? null;
}

function unknownScale({ place }: Span, name: string, scales: readonly Scale[]): Problem {
  const hint = `The scaling table has ${scales.map((scale) => showText(scale.name)).join(', ')}.`;
  const message = `Data is asked for ${showText(name)}, which is no scale of the plan.`;
  return { code: 'unknown-scale', place, key: null, message, hint };
}
