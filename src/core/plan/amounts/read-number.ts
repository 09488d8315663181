import { matchAt } from './match-at.ts';
import type { Quantity } from './quantity.ts';

const numberAt =
  /(\d{1,3}(?:,\d{3})+(?![\d,])|\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?![\d\p{L}])|\d[\d_]*)(\.\d+)?(?:e([+-]?\d{1,3})(?![\p{L}\d]))?/uy;
const suffixAt =
  / ?(thousand|million|billion|trillion|mio|mln|mrd|bn)(?![\p{L}\d])| ?([KMBT])(?![\p{L}\d])|([kmbtg])(?![\p{L}\d])/iuy;

/** A number as it is written, without what stands around it. */
export interface NumberReading {
  readonly value: number;
  /** Its thousands or millions, as written: `k`, `billion`; empty without. */
  readonly suffix: string;
  readonly end: number;
  readonly fault: Quantity['fault'];
}

/** The number that begins at an index of a text. */
export function readNumber(text: string, at: number): NumberReading {
  const [whole = '', digits = '', fraction = '', exponent = '0'] = matchAt(numberAt, text, at) ?? [];
  const end = at + whole.length;
  const suffix = matchAt(suffixAt, text, end);
  const letter = suffix === null ? '' : (suffix[1] ?? suffix[2] ?? suffix[3] ?? '');
  // A letter after a space is thousands or billions only as a capital, and minutes as an m: "5 b" is five of something
  const isSuffix = suffix !== null && (suffix[2] === undefined || !suffix[0].startsWith(' ') || /[KMBTm]/.test(letter));
  const hasComma = text.charAt(end) === ',' && /\d/.test(text.charAt(end + 1));
  const isGerman = /^[1-9]\d{0,2}$/.test(digits) && /^\.\d{3}$/.test(fraction) && exponent === '0' && !isSuffix;
  const fault = hasComma ? 'comma' : isGerman || /^\.\d{3}/.test(text.slice(end, end + 4)) ? 'point' : null;
  const skipped = hasComma ? (/^[\d.,]*/.exec(text.slice(end, end + 40))?.[0].length ?? 0) : 0;
  const value = Number(`${digits.replaceAll(/[^\d]/g, '')}${fraction}e${exponent}`);
  return { value, suffix: isSuffix ? letter : '', end: end + skipped + (isSuffix ? suffix[0].length : 0), fault };
}
