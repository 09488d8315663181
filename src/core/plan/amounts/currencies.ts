import { longestText } from './longest-text.ts';
import { matchAt } from './match-at.ts';

/** How currencies are written, and their ISO 4217 codes. */
const currencies: readonly (readonly [names: string, code: string])[] = [
  ['US\\$|USD|\\$|dollars?', 'USD'],
  ['EUR|€|euros?', 'EUR'],
  ['GBP|£', 'GBP'],
  ['INR|₹|Rs\\.?', 'INR'],
  ['JPY|¥', 'JPY'],
  ['CNY|RMB', 'CNY'],
  ['CHF', 'CHF'],
  ['CAD', 'CAD'],
  ['AUD', 'AUD'],
  ['KRW|₩', 'KRW'],
];
const anyName = currencies.map(([names]) => names).join('|');
const nameAtEnd = new RegExp(`(?<!\\p{L})(${anyName})\\s*[~≈]?$`, 'iu');
const nameAt = new RegExp(`\\s?(${anyName})(?![\\p{L}\\d])`, 'iuy');

const patterns = currencies.map(([names, code]) => ({
  code,
  alone: new RegExp(`^(?:${names})$`, 'i'),
  within: new RegExp(`(?<!\\p{L})k?(?:${names})(?![\\p{L}](?<![km]))`, 'iu'),
}));

/** The currency that a text is about, where it names one: `EUR` of "Cost (EUR)". */
export function currencyIn(text: string): string | null {
  const found = patterns.filter(({ within }) => within.test(text.slice(0, longestText)));
  return found.length === 1 ? (found[0]?.code ?? null) : null;
}

/** The currency with which a text ends, before an amount: `$`, `USD ~`. */
export function currencyAtEnd(text: string): { code: string | null; start: number } | null {
  const found = nameAtEnd.exec(text);
  return found === null ? null : { code: codeOf(found[1]), start: found.index };
}

/** The currency that stands at an index, after an amount: ` EUR`, `€`. */
export function currencyAt(text: string, at: number): { code: string | null; end: number } | null {
  const found = matchAt(nameAt, text, at);
  return found === null ? null : { code: codeOf(found[1]), end: at + found[0].length };
}

function codeOf(name = ''): string | null {
  return patterns.find(({ alone }) => alone.test(name))?.code ?? null;
}
