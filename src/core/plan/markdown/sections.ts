import type { Place } from '../../problem.ts';
import type { Row, Table } from '../table/table.ts';
import { cut, plainText, type Span } from './span.ts';

/** A heading with what stands below it, up to the next heading of any level. */
export interface Section {
  readonly heading: string;
  readonly tables: readonly MarkdownTable[];
  /** Items of its lists, nested ones too, in the order of the text. */
  readonly items: readonly Span[];
  /** Its running text, a line each. */
  readonly sentences: readonly Span[];
  /** Code blocks that name their language. */
  readonly fences: readonly Fence[];
  /** Headings above it and its own, the outermost first. */
  readonly headings: readonly string[];
}

/** A table of GitHub Flavored Markdown, or one whose author left out the line of dashes. */
export interface MarkdownTable extends Table {
  /** Cells of the `|---|` row, null without one; where they are not as many as the header's, GitHub shows no table. */
  readonly delimiters: number | null;
}

export interface Fence {
  readonly language: string;
  readonly text: string;
  /** The first line within it. */
  readonly place: Place;
}

/** What a Markdown file consists of, as far as a plan can be read from it. */
export interface Outline {
  readonly title: string | null;
  readonly sections: readonly Section[];
}

/** How much of the text above a table may speak of it. */
const nearby = 8;
/** Columns of a table without its line of dashes. */
const widestUndashed = 20;

/**
 * Splits Markdown into sections of tables, list items and text (GFM 0.29, §4.10 tables, §5.3 lists). By hand, line by
 * line, in time that grows with the text alone: mdast-util-from-markdown takes 30 s for 30 kB of nested list markers and
 * 8 s for 30 kB of plain nested lists, and the text may be anybody's. Tests hold it to what mdast reads. Code blocks and
 * comments are skipped; tables are found in quotes and list items too.
 */
export function readOutline(path: string, text: string): Outline {
  const lines = readLines(path, text);
  const headings: { level: number; text: string }[] = [];
  const open = (heading: string) => ({
    heading,
    tables: [] as MarkdownTable[],
    items: [] as Span[],
    sentences: [] as Span[],
    fences: [] as Fence[],
    headings: headings.map((above) => above.text),
  });
  const sections = [open('')];
  let title: string | null = null;
  let inList = false;
  let said: Span[] = [];

  for (let index = frontMatterLines(lines); index < lines.length;) {
    const section = sections.at(-1);
    const line = lines[index];
    if (section === undefined || line === undefined) break;
    if (line.source.trim() === '') {
      index += 1;
      continue;
    }
    const skipped = skipOpaque(lines, index, inList);
    if (skipped > index) {
      const language = /^\s*(?:`{3,}|~{3,})\s*(\w{1,20})/.exec(line.source)?.[1];
      if (language !== undefined) section.fences.push(fenceOf(lines.slice(index + 1, skipped - 1), language, line));
      index = skipped;
      continue;
    }
    const heading = headingOf(line, lines[index + 1]);
    if (heading !== null) {
      title ??= heading.text;
      while ((headings.at(-1)?.level ?? 0) >= heading.level) headings.pop();
      headings.push({ level: heading.level, text: heading.text });
      sections.push(open(heading.text));
      said = [];
      inList = false;
      index += heading.lines;
      continue;
    }
    const table = readTable(lines, index, section.headings, said);
    if (table !== null) {
      section.tables.push(table);
      index += (table.delimiters === null ? 1 : 2) + table.rows.length;
      continue;
    }
    const item = readItem(lines, index);
    const span = item?.span ?? line;
    if (span.source.trim() !== '') said = [...said.slice(1 - nearby), span];
    if (item !== null) {
      section.items.push(item.span);
      inList = true;
      index += item.lines;
      continue;
    }
    if (line.source.trim() !== '') section.sentences.push(cut(line, 0, line.source.length));
    if (/^\S/.test(line.source)) inList = false;
    index += 1;
  }
  return { title, sections };
}

function fenceOf(lines: readonly Span[], language: string, { place }: Span): Fence {
  const text = lines.map(({ source }) => source).join('\n');
  return { language: language.toLowerCase(), text, place: { ...place, line: place.line + 1, column: 1 } };
}

/** Lines without quote marks (`>`), so that a quoted table is read like any other. */
function readLines(path: string, text: string): Span[] {
  return text.split(/\r\n|\n|\r/).map((source, index) => {
    const prefix = /^(?: {0,3}>)* ?/.exec(source)?.[0] ?? '';
    const start = prefix.includes('>') ? prefix.length : 0;
    return { source: source.slice(start), place: { path, line: index + 1, column: start + 1 } };
  });
}

/** Lines of the YAML between `---` lines that some tools put first; GitHub does not read it as Markdown. */
function frontMatterLines(lines: readonly Span[]): number {
  if (lines[0]?.source.trim() !== '---') return 0;
  return lines.findIndex(({ source }, index) => index > 0 && source.trim() === '---') + 1;
}

/** The line after a code block or comment that starts at `index`; `index` itself where none does. */
function skipOpaque(lines: readonly Span[], index: number, inList: boolean): number {
  const source = lines[index]?.source ?? '';
  if (!inList && /^(?: {4}|\t)/.test(source)) return index + 1;
  const fence = /^\s*(`{3,}(?!.*`)|~{3,})/.exec(source)?.[1];
  if (fence !== undefined) {
    return lineAfter(lines, index + 1, (text) => text.startsWith(fence) && text.replaceAll(fence.charAt(0), '') === '');
  }
  if (!source.trimStart().startsWith('<!--')) return index;
  return lineAfter(lines, index, (text) => text.includes('-->'));
}

function lineAfter(lines: readonly Span[], from: number, isLast: (text: string) => boolean): number {
  for (let index = from; index < lines.length; index += 1) {
    if (isLast(lines[index]?.source.trim() ?? '')) return index + 1;
  }
  return lines.length;
}

interface Heading {
  readonly level: number;
  readonly text: string;
  readonly lines: number;
}

/** `## Title`, or a line underlined with `===` or `---`. */
function headingOf(line: Span, next: Span | undefined): Heading | null {
  const marks = /^\s{0,3}#{1,6}(?=\s|$)/.exec(line.source)?.[0];
  if (marks !== undefined) {
    const title = line.source.slice(marks.length).trim().split(/\s+/);
    if (/^#+$/.test(title.at(-1) ?? '')) title.pop();
    const level = marks.trim().length;
    return { level, text: plainText({ source: title.join(' '), place: line.place }), lines: 1 };
  }
  const isUnderlined = /^\s{0,3}(?:=+|-+)\s*$/.test(next?.source ?? '');
  if (!isUnderlined || startsBlock(line.source)) return null;
  return { level: next?.source.includes('=') === true ? 1 : 2, text: plainText(line), lines: 2 };
}

/** A blank line, heading, list item, code fence, HTML or rule: what ends a table or a paragraph. */
function startsBlock(source: string): boolean {
  return (
    /^\s*(?:$|#{1,6}(?:\s|$)|[-+*](?:\s|$)|\d{1,9}[.)](?:\s|$)|`{3}|~{3}|<)/.test(source) ||
    /^\s*([-*_])(?:\s*\1){2,}\s*$/.test(source)
  );
}

function readTable(
  lines: readonly Span[],
  index: number,
  headings: readonly string[],
  said: readonly Span[],
): MarkdownTable | null {
  const header = lines[index];
  const next = lines[index + 1];
  if (header === undefined || !header.source.includes('|') || next?.source.includes('|') !== true) return null;
  const cells = splitCells(header);
  const dashes = splitCells(next);
  const isDashed = dashes.every(({ source }) => /^:?-+:?$/.test(source));
  const isPiped = (line: Span | undefined): boolean =>
    line !== undefined && line.source.trimStart().startsWith('|') && splitCells(line).length === cells.length;
  // Pipes without the line of dashes: no Markdown table, and meant as one
  const isWide = cells.length > 1 && cells.length <= widestUndashed;
  if (!isDashed && !(isWide && [header, next, lines[index + 2]].every(isPiped))) return null;
  const rows: Row[] = [];
  for (let at = index + (isDashed ? 2 : 1); at < lines.length; at += 1) {
    const line = lines[at];
    if (line === undefined || startsBlock(line.source) || (!isDashed && !line.source.includes('|'))) break;
    rows.push({ cells: splitCells(line), place: startOfLine(line) });
  }
  const context = [...headings, ...said.map((span) => plainText({ ...span, source: span.source.slice(0, 1_000) }))];
  return { header: cells, delimiters: isDashed ? dashes.length : null, rows, place: startOfLine(header), context };
}

function startOfLine(line: Span): Place {
  return partOf(line, 0, line.source.length).place;
}

/** Cells between unescaped pipes; the pipes at both ends are optional. */
function splitCells(line: Span): Span[] {
  const end = line.source.trimEnd().length;
  const cells: Span[] = [];
  let start = line.source.length - line.source.trimStart().length;
  if (line.source[start] === '|') start += 1;
  for (let index = start; index < end; index += 1) {
    if (line.source[index] !== '|' || line.source[index - 1] === '\\') continue;
    cells.push(partOf(line, start, index));
    start = index + 1;
  }
  if (start < end) cells.push(partOf(line, start, end));
  return cells;
}

/** A part of one line; its column is counted from the start of the line. */
function partOf({ source, place }: Span, start: number, end: number): Span {
  const part = source.slice(start, end);
  const indent = part.length - part.trimStart().length;
  return { source: part.trim(), place: { ...place, column: place.column + start + indent } };
}

/** A list item with the lines that continue it. */
function readItem(lines: readonly Span[], index: number): { span: Span; lines: number } | null {
  const first = lines[index];
  const marker = /^\s*(?:[-+*]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s+)?(?=\S)/.exec(first?.source ?? '')?.[0];
  if (first === undefined || marker === undefined) return null;
  const parts = [first.source.slice(marker.length)];
  for (let next = index + 1; next < lines.length; next += 1) {
    const source = lines[next]?.source ?? '';
    if (startsBlock(source) || source.includes('|')) break;
    parts.push(source);
  }
  const place = { ...first.place, column: first.place.column + marker.length };
  return { span: { source: parts.join('\n'), place }, lines: parts.length };
}
