import type { Place } from '../../problem.ts';
import { plainText, type Span } from './span.ts';

/** A heading with what stands below it, up to the next heading of any level. */
export interface Section {
  readonly heading: string;
  readonly tables: readonly Table[];
  /** Items of its lists, nested ones too, in the order of the text. */
  readonly items: readonly Span[];
}

/** A table of GitHub Flavored Markdown. */
export interface Table {
  readonly header: readonly Span[];
  /** Cells of the `|---|` row; where they are not as many as the header's, GitHub shows no table. */
  readonly delimiters: number;
  readonly rows: readonly Row[];
  readonly place: Place;
}

export interface Row {
  readonly cells: readonly Span[];
  readonly place: Place;
}

/** What a Markdown file consists of, as far as a plan can be read from it. */
export interface Outline {
  readonly title: string | null;
  readonly sections: readonly Section[];
}

/**
 * Splits Markdown into sections of tables and list items (GFM 0.29, §4.10 tables, §5.3 lists). Line by line, in time that
 * grows with the text alone: full Markdown parsers take minutes for 100 kB of nested list markers or brackets, and the
 * text may be anybody's. Code blocks and comments are skipped; tables are found in quotes and list items too.
 */
export function readOutline(path: string, text: string): Outline {
  const lines = readLines(path, text);
  const sections: { heading: string; tables: Table[]; items: Span[] }[] = [{ heading: '', tables: [], items: [] }];
  let title: string | null = null;
  let inList = false;

  for (let index = frontMatterLines(lines); index < lines.length;) {
    const section = sections.at(-1);
    const line = lines[index];
    if (section === undefined || line === undefined) break;
    const skipped = skipOpaque(lines, index, inList);
    if (skipped > index) {
      index = skipped;
      continue;
    }
    const heading = headingOf(line, lines[index + 1]);
    if (heading !== null) {
      title ??= heading.text;
      sections.push({ heading: heading.text, tables: [], items: [] });
      inList = false;
      index += heading.lines;
      continue;
    }
    const table = readTable(lines, index);
    if (table !== null) {
      section.tables.push(table);
      index += 2 + table.rows.length;
      continue;
    }
    const item = readItem(lines, index);
    if (item !== null) {
      section.items.push(item.span);
      inList = true;
      index += item.lines;
      continue;
    }
    if (/^\S/.test(line.source)) inList = false;
    index += 1;
  }
  return { title, sections };
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

/** `## Title`, or a line underlined with `===` or `---`. */
function headingOf(line: Span, next: Span | undefined): { text: string; lines: number } | null {
  const marks = /^\s{0,3}#{1,6}(?=\s|$)/.exec(line.source)?.[0];
  if (marks !== undefined) {
    const title = line.source.slice(marks.length).trim().split(/\s+/);
    if (/^#+$/.test(title.at(-1) ?? '')) title.pop();
    return { text: plainText({ source: title.join(' '), place: line.place }), lines: 1 };
  }
  const isUnderlined = /^\s{0,3}(?:=+|-+)\s*$/.test(next?.source ?? '');
  if (!isUnderlined || startsBlock(line.source)) return null;
  return { text: plainText(line), lines: 2 };
}

/** A blank line, heading, list item, code fence, HTML or rule: what ends a table or a paragraph. */
function startsBlock(source: string): boolean {
  return (
    /^\s*(?:$|#{1,6}(?:\s|$)|[-+*](?:\s|$)|\d{1,9}[.)](?:\s|$)|`{3}|~{3}|<)/.test(source) ||
    /^\s*([-*_])(?:\s*\1){2,}\s*$/.test(source)
  );
}

function readTable(lines: readonly Span[], index: number): Table | null {
  const header = lines[index];
  const delimiter = lines[index + 1];
  if (header === undefined || !header.source.includes('|') || delimiter?.source.includes('|') !== true) return null;
  const delimiters = splitCells(delimiter);
  if (!delimiters.every(({ source }) => /^:?-+:?$/.test(source))) return null;
  const rows: Row[] = [];
  for (let next = index + 2; next < lines.length; next += 1) {
    const line = lines[next];
    if (line === undefined || startsBlock(line.source)) break;
    rows.push({ cells: splitCells(line), place: startOfLine(line) });
  }
  return { header: splitCells(header), delimiters: delimiters.length, rows, place: startOfLine(header) };
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
