import type { Place } from '../problem.ts';
import type { Fact, StatedRun } from '../run/facts.ts';
import { formatCount } from '../units/count.ts';
import type { ChangedKey } from './changed-keys.ts';

/** A changed key as the config writes it, with its values before and after. */
export interface WrittenKey {
  readonly name: string;
  readonly from: string | null;
  readonly to: string | null;
}

/** The text of a file on one side; null where it isn't known. */
export type TextOf = (path: string) => string | null;

/**
 * The key and its values in the author's words, read off the lines where it stands; where no line shows them, the name
 * and the value of the field.
 */
export function writtenKey(
  { fields, basePlace, headPlace }: ChangedKey,
  base: StatedRun,
  head: StatedRun,
  texts: { readonly base: TextOf; readonly head: TextOf },
): WrittenKey {
  const before = basePlace === null ? null : readKey(texts.base(basePlace.path), basePlace);
  const after = headPlace === null ? null : readKey(texts.head(headPlace.path), headPlace);
  const [field = 'name'] = fields;
  const name = after?.key ?? before?.key ?? field;
  const areWritten =
    (headPlace === null || after?.value != null) &&
    (basePlace === null || before?.value != null) &&
    (before === null || after === null || before.key === after.key) &&
    before?.value !== after?.value;
  if (areWritten) return { name, from: shorten(before?.value ?? null), to: shorten(after?.value ?? null) };
  return { name, from: valueText(base.facts[field]), to: valueText(head.facts[field]) };
}

/** Lines may be long; a key and a plain value are not. */
const longestLine = 400;

/** The key that stands at a place, or whose value does, and the plain value on its line. */
export function readKey(text: string | null, { line, column }: Place): { key: string; value: string | null } | null {
  const written = text === null ? null : lineOf(text, line);
  if (written === null) return null;
  const before = written.slice(Math.max(0, column - 1 - longestLine), column - 1);
  const rest = written.slice(column - 1, column - 1 + longestLine);
  const flag = /^--?([A-Za-z][\w.-]*)(?:[=\s](.*))?$/.exec(rest);
  if (flag !== null) return { key: flag[1] ?? '', value: firstWord(flag[2] ?? '') };
  const own = /^(?:- )?["']?([A-Za-z_][\w.@/-]*)["']?[ \t]*[:=](.*)$/.exec(rest);
  if (own !== null) return { key: own[1] ?? '', value: plainValue(own[2] ?? '') };
  const [word = ''] = before.trimEnd().split(/[\s;]/).slice(-1);
  const named = /^-{0,2}([A-Za-z_][\w.-]*)=?["']?$/.exec(word);
  return named === null ? null : { key: named[1] ?? '', value: firstWord(rest) };
}

function lineOf(text: string, line: number): string | null {
  let start = 0;
  for (let at = 1; at < line; at++) {
    start = text.indexOf('\n', start) + 1;
    if (start === 0) return null;
  }
  const end = text.indexOf('\n', start);
  return text.slice(start, end === -1 ? undefined : end).replace(/\r$/, '');
}

/** The value of a flag: none where the next flag follows, or where the line goes on. */
function firstWord(text: string): string | null {
  const [word = ''] = text.trim().split(/\s/, 1);
  return /^[-\\]/.test(word) ? null : plainValue(word);
}

/** A value without quotes, comment and what closes the map around it; null for a list, a map or a block. */
function plainValue(text: string): string | null {
  const value = text.trim();
  const quote = value[0];
  if (quote === '"' || quote === "'") {
    const end = value.indexOf(quote, 1);
    return end === -1 ? null : value.slice(1, end);
  }
  if (value === '' || '{[|>&*(`$'.includes(value[0] ?? '')) return null;
  const [plain = ''] = value.split(/[,}\])]|\s[#\\]|\s\/\//, 1);
  const word = plain.trim();
  return word === '' || word.includes('(') ? null : word;
}

const longestValue = 40;

function shorten(text: string | null): string | null {
  if (text === null) return null;
  const number = /^\d[\d_]*(?:\.\d+)?(?:e\+?\d+)?$/i.test(text) ? Number(text.replaceAll('_', '')) : Number.NaN;
  if (number >= 1e6 && text.length > 6) return formatCount(number);
  return text.length > longestValue ? `${text.slice(0, longestValue - 1)}…` : text;
}

function valueText(fact: Fact<unknown> | undefined): string | null {
  if (fact === undefined) return null;
  const { value } = fact;
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    return items.every((item) => typeof item !== 'object') ? shorten(items.join(', ')) : `${items.length} items`;
  }
  if (typeof value === 'string') return shorten(value);
  return typeof value === 'number' || typeof value === 'boolean' ? shorten(String(value)) : 'a map';
}
