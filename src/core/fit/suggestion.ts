import { lineChanges } from '../document/line-changes.ts';
import { fileOf } from '../recipe-path.ts';
import type { Fit, FitAnswer } from './fit.ts';

/** A fit that one click can apply: neighbouring lines of one file, which the pull request shows, and what they become. */
export interface Suggestion {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  /** The lines as they stand at the head. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly answer: FitAnswer;
  readonly fit: Fit;
}

/** The config at the merge base, null for a new one, and at the head. */
export interface BothTexts {
  readonly base: string | null;
  readonly head: string;
}

/** GitHub shows so many lines around a change (the default of `git diff`), and comments on those as well. */
const context = 3;
/** What replaces more lines than this is a new config, not a remark on one. */
const mostLines = 30;

/**
 * The fit to suggest on the lines of a pull request: one of the same training, comfortable where there is such a one, whose
 * lines are all in the diff. Null where none is, or where a line holds what a reader would not see.
 */
export function suggestionFor(answer: FitAnswer, texts: BothTexts): Suggestion | null {
  // Committing a suggestion would write the ends of its lines anew
  if (texts.head.includes('\r')) return null;
  const same = answer.fits.filter(({ difference, launcher }) => difference === null && launcher === null);
  const shown = shownLines(texts);
  for (const fit of same.toSorted((a, b) => Number(b.isComfortable) - Number(a.isComfortable))) {
    const suggestion = placed(answer, fit, texts.head.split('\n'), shown);
    if (suggestion !== null) return suggestion;
  }
  return null;
}

function placed(
  answer: FitAnswer,
  fit: Fit,
  lines: readonly string[],
  isShown: (line: number) => boolean,
): Suggestion | null {
  const touched = fit.lines.map(({ line }) => Math.max(1, line));
  const [startLine, endLine] = [Math.min(...touched), Math.max(...touched)];
  if (touched.length === 0 || endLine - startLine >= mostLines || endLine > lines.length) return null;
  const after: string[] = [];
  for (let line = startLine; line <= endLine; line += 1) {
    if (!isShown(line)) return null;
    const changes = fit.lines.filter((change) => change.line === line || (line === 1 && change.line === 0));
    const replaced = changes.find(({ before }) => before !== null);
    if (replaced === undefined && changes.every((change) => change.line === line)) after.push(lines[line - 1] ?? '');
    after.push(...changes.flatMap((change) => change.after ?? []));
    if (replaced === undefined && changes.some((change) => change.line === 0)) after.push(lines[line - 1] ?? '');
  }
  const before = lines.slice(startLine - 1, endLine);
  if (![...before, ...after].every(isPlain)) return null;
  return { path: fileOf(answer.path), startLine, endLine, before, after, answer, fit };
}

/** Whether GitHub's diff shows a line of the head. */
function shownLines({ base, head }: BothTexts): (line: number) => boolean {
  if (base === null) return () => true;
  // Seen from the head: a line that the base has not, or the place of one that only the base has
  const places = lineChanges(head, base).map(({ line, before }) => (before === null ? line + 0.5 : line));
  return (line) => places.some((place) => Math.abs(place - line) <= context);
}

/** Controls and direction overrides would be committed without anybody having seen them. */
function isPlain(line: string): boolean {
  return !/[\p{Cc}\p{Cf}\p{Cs}]/u.test(line.replaceAll('\t', ''));
}
