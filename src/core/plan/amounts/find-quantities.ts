import { longestText } from './longest-text.ts';
import type { Quantity } from './quantity.ts';
import { quantityAt } from './read-quantity.ts';

/** The numbers of a text with their units, in order. Dates, and digits within words (`H100`, `stage-2`), are none. */
export function findQuantities(source: string): readonly Quantity[] {
  const text = source.slice(0, longestText).replaceAll(/\d{4}-\d{2}-\d{2}/g, (date) => ' '.repeat(date.length));
  const quantities: Quantity[] = [];
  let depth = 0;
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (character === '(' || character === '[') depth += 1;
    else if (character === ')' || character === ']') depth = Math.max(0, depth - 1);
    if (character < '0' || character > '9') continue;
    if (startsNumber(text, index) || quantities.at(-1)?.end === index) {
      const quantity = quantityAt(text, index, depth > 0);
      quantities.push(quantity);
      index = quantity.end - 1;
    } else {
      while (index + 1 < text.length && /[\p{L}\d_]/u.test(text.charAt(index + 1))) index += 1;
    }
  }
  return joinDurations(quantities, text);
}

/** A digit in a word, after a point or after a word and a hyphen begins no number. */
function startsNumber(text: string, index: number): boolean {
  const before = text.slice(Math.max(0, index - 2), index);
  return !/[\p{L}\d_.#]$/u.test(before) && !/[\p{L}\d]-$/u.test(before);
}

/** `1h 30m` is one duration. */
function joinDurations(quantities: readonly Quantity[], text: string): Quantity[] {
  const joined: Quantity[] = [];
  for (const quantity of quantities) {
    const previous = joined.at(-1);
    const hours = quantity.unit?.kind === 'time' ? quantity.unit.hours : quantity.isMaybeMinutes ? 1 / 60 : null;
    const isNext =
      previous?.unit?.kind === 'time' &&
      hours !== null &&
      hours < previous.unit.hours &&
      /^ ?$/.test(text.slice(previous.end, quantity.start));
    if (!isNext || previous.high === null || quantity.high === null) {
      joined.push(quantity);
      continue;
    }
    const minutes = quantity.isMaybeMinutes ? quantity.high / 1e6 : quantity.high;
    const total = previous.high + (minutes * hours) / previous.unit.hours;
    joined[joined.length - 1] = { ...previous, low: total, high: total, end: quantity.end };
  }
  return joined;
}
