/** Blocks of HTML whose content is no text, and what ends each (CommonMark 0.31, section 4.6, kinds 1 to 5). */
const hiddenBlocks: readonly (readonly [start: RegExp, end: RegExp])[] = [
  [/<!--/, /-->/],
  [/^ {0,3}<(?:pre|script|style|textarea)(?:[\s>]|$)/i, /<\/(?:pre|script|style|textarea)>/i],
  [/^ {0,3}<\?/, /\?>/],
  [/^ {0,3}<!\[CDATA\[/, /\]\]>/],
  [/^ {0,3}<![a-z]/i, />/i],
];

/**
 * Lines of Markdown that are shown as the author's own text: none that is quoted, in code or in an HTML comment. Where
 * Markdown leaves room, a line is taken to be hidden, since overlooking a command is harmless and making one up is not.
 */
export function visibleLines(markdown: string): readonly string[] {
  const paragraphs: string[][] = [[]];
  let fence: Fence | null = null;
  let endOfHidden: RegExp | null = null;
  let isBlock = false;
  for (const line of markdown.split(/\r\n|\r|\n/)) {
    const isBlank = line.trim() === '';
    isBlock = !isBlank && (isBlock || startsBlock(line));
    const mark: Fence | null = fenceOf(line);
    const hidden = hiddenFrom(line);
    if (endOfHidden !== null) {
      if (endOfHidden.test(line)) endOfHidden = null;
    } else if (fence !== null) {
      if (mark !== null && closes(mark, fence)) fence = null;
    } else if (mark !== null) {
      fence = mark;
    } else if (hidden !== null) {
      endOfHidden = hidden.end;
    } else if (isBlank) {
      if (paragraphs.at(-1)?.length !== 0) paragraphs.push([]);
      continue;
    } else if (!isBlock && !/^(?: {4}| {0,3}\t)/.test(line)) {
      paragraphs.at(-1)?.push(line);
      continue;
    }
    // Whatever was hidden ends a paragraph only where a blank line does: code spans may reach across
    paragraphs.at(-1)?.push(gap);
  }
  return paragraphs.flatMap(outsideCodeSpans);
}

/** Whether a line hides what follows, and until when; `end` is null where it hides nothing but itself. */
function hiddenFrom(line: string): { readonly end: RegExp | null } | null {
  const block = hiddenBlocks.find(([start]) => start.test(line));
  if (block === undefined) return null;
  const [start, end] = block;
  return { end: end.test(line.replace(start, '')) ? null : end };
}

/** A quote, in a list too, or HTML (kinds 6 and 7): it goes on until a blank line. */
function startsBlock(line: string): boolean {
  const text = line.trimStart();
  return text.startsWith('>') || /^(?:[-+*]|\d{1,9}[.)])[ \t]{0,9}>/.test(text) || /^<\/?[a-z]/i.test(text);
}

/** Stands where a line was hidden. */
const gap = '\u0000';

interface Fence {
  readonly indent: number;
  readonly mark: string;
  readonly length: number;
  /** Only a bare fence closes one. */
  readonly isBare: boolean;
}

function fenceOf(line: string): Fence | null {
  const match = /^((?:[ \t]|(?:[-+*]|\d{1,9}[.)])[ \t])*)(`{3,}|~{3,})/.exec(line);
  if (match === null) return null;
  const [whole, before = '', marks = ''] = match;
  const info = line.slice(whole.length);
  const mark = marks.charAt(0);
  // ```code``` on one line is a code span
  if (mark === '`' && info.includes('`')) return null;
  return { indent: before.length, mark, length: marks.length, isBare: info.trim() === '' };
}

function closes(candidate: Fence, opening: Fence): boolean {
  const { indent, mark, length, isBare } = candidate;
  return isBare && mark === opening.mark && length >= opening.length && indent <= opening.indent + 3;
}

/** Lines of a paragraph that no code span reaches into from another line. */
function outsideCodeSpans(lines: readonly string[]): string[] {
  const text = lines.join('\n');
  const covered: (readonly [from: number, to: number])[] = [];
  const runs = [...text.matchAll(/`+/g)].map(({ 0: { length }, index }) => ({ index, length }));
  for (let at = 0; at < runs.length; at += 1) {
    const opening = runs[at];
    let closing = at + 1;
    while (closing < runs.length && runs[closing]?.length !== opening?.length) closing += 1;
    const end = runs[closing];
    if (opening === undefined || end === undefined) continue;
    covered.push([opening.index, end.index + end.length]);
    at = closing;
  }
  let start = 0;
  let span = 0;
  return lines.filter((line) => {
    const from = start;
    start += line.length + 1;
    while ((covered[span]?.[1] ?? Infinity) <= from) span += 1;
    return line !== gap && !((covered[span]?.[0] ?? Infinity) < from);
  });
}
