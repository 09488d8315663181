import type { Place } from '../../problem.ts';

/** A piece of a Markdown file as it is written, markup included, and where it begins. */
export interface Span {
  readonly source: string;
  readonly place: Place;
}

/** Where the character at `index` of a span stands in the file. */
export function placeIn({ source, place }: Span, index: number): Place {
  const before = source.slice(0, index);
  const lineStart = before.lastIndexOf('\n') + 1;
  if (lineStart === 0) return { ...place, column: place.column + index };
  return { path: place.path, line: place.line + before.split('\n').length - 1, column: index - lineStart + 1 };
}

/** A part of a span, without the white space around it. */
export function cut(span: Span, start: number, end: number): Span {
  const part = span.source.slice(start, end);
  return { source: part.trim(), place: placeIn(span, start + part.length - part.trimStart().length) };
}

const entities: Record<string, string> = { nbsp: ' ', amp: '&', ndash: '–', mdash: '—', lt: '<', gt: '>', asymp: '≈' };

/** What a reader sees of a span: emphasis, code marks, links, escapes and control characters taken off. */
export function plainText({ source }: Span): string {
  return source
    .replaceAll(/<(https?:[^<>\s]*)>/g, '$1')
    .replaceAll(/<\/?[a-z][^<>]*>/gi, ' ')
    .replaceAll(/!?\[([^[\]]*)\]\([^()]*\)/g, '$1')
    .replaceAll(/\[\^[^[\]]*\]/g, '')
    .replaceAll(/(?<!\\)[*`]/g, '')
    .replaceAll(/(?<![\p{L}\p{N}\\])_|(?<!\\)_(?![\p{L}\p{N}])/gu, '')
    .replaceAll(/&([a-z]+);/g, (entity, name: string) => entities[name] ?? entity)
    .replaceAll(/\\([!-/:-@[-`{-~])/g, '$1')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\p{Cc}\p{Cf}]/gu, '')
    .trim();
}

/** The target of the first link in a span, if it is a web address or a file of the repository; never `javascript:`. */
export function linkIn({ source }: Span): string | null {
  const target =
    /\]\(\s*<?([^()<>\s\p{Cc}\p{Cf}]+)/u.exec(source)?.[1] ?? /https?:\/\/[^\s<>()|\p{Cc}\p{Cf}]+/u.exec(source)?.[0];
  if (target === undefined) return null;
  return /^(?:https?:\/\/|[^:]*$)/i.test(target) ? target : null;
}
