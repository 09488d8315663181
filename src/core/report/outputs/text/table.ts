import { cleanLine } from '../../escape.ts';

/** A table with its heads for a terminal, columns two spaces apart; cells are cleaned. */
export function renderTable(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  return alignColumns([heads, ...rows].map((row) => row.map((cell) => cleanLine(cell))))
    .map((row) => row.join('  ').trimEnd())
    .join('\n');
}

/** Rows of cells padded to columns; `right` names the columns that end in numbers. The last column is not padded. */
export function alignColumns(rows: readonly (readonly string[])[], right: readonly number[] = []): string[][] {
  const widths: number[] = [];
  for (const row of rows)
    row.forEach((cell, column) => (widths[column] = Math.max(widths[column] ?? 0, widthOf(cell))));
  return rows.map((row) =>
    row.map((cell, column) => {
      const padding = ' '.repeat((widths[column] ?? 0) - widthOf(cell));
      if (right.includes(column)) return padding + cell;
      return column === row.length - 1 ? cell : cell + padding;
    }),
  );
}

/** A path that is too long for its column, without its middle: `configs/…/large.yaml`. */
export function shortenMiddle(text: string, width: number): string {
  const characters = Array.from(text);
  if (characters.length <= width) return text;
  const end = Math.ceil((width - 1) * 0.7);
  return `${characters.slice(0, width - 1 - end).join('')}…${characters.slice(characters.length - end).join('')}`;
}

/** Text broken at spaces into lines of at most `width` columns; a longer word stays whole. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && widthOf(last) + 1 + widthOf(word) <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** Columns that a terminal needs for a text without control characters: two for East Asian wide characters and emoji. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += wide.test(character) ? 2 : /\p{Mn}/u.test(character) ? 0 : 1;
  return width;
}

const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}]/u;
