import type { Span } from '../markdown/span.ts';
import type { Row, Table } from './table.ts';

/** The separator of a text: tab, comma or semicolon, whichever its first line has most of outside of quotes. */
export function separatorOf(text: string): string {
  const [header = ''] = text
    .slice(0, 10_000)
    .replaceAll(/"[^"]*"/g, '')
    .split(/\r?\n/, 1);
  const count = (separator: string): number => header.split(separator).length;
  return ['\t', ',', ';'].reduce((most, separator) => (count(separator) > count(most) ? separator : most));
}

/** A table of comma- or tab-separated values (RFC 4180): the first line is the header. Null for a text without cells. */
export function csvTable(path: string, text: string): Table | null {
  const separator = separatorOf(text);
  const rows: Row[] = [];
  let cells: Span[] = [];
  let [source, line, column, cellColumn, cellLine, isQuoted] = ['', 1, 1, 1, 1, false];
  const endCell = (): void => {
    cells.push({
      source: source.trim(),
      place: { path, line: cellLine, column: cellColumn },
    });
    [source, cellColumn, cellLine] = ['', column + 1, line];
  };
  const endRow = (): void => {
    endCell();
    const place = cells[0]?.place ?? { path, line, column: 1 };
    if (cells.some((cell) => cell.source !== '')) rows.push({ cells, place });
    cells = [];
  };
  // Excel begins a file with a byte order mark
  for (let index = text.startsWith('\uFEFF') ? 1 : 0; index < text.length; index += 1, column += 1) {
    const character = text.charAt(index);
    if (isQuoted && character === '"' && text.charAt(index + 1) === '"') {
      source += '"';
      index += 1;
      column += 1;
    } else if (character === '"' && (isQuoted || source.trim() === '')) isQuoted = !isQuoted;
    else if (character === '\n') {
      if (isQuoted) source += ' ';
      else endRow();
      [line, column] = [line + 1, 0];
      if (!isQuoted) [cellLine, cellColumn] = [line, 1];
    } else if (character === separator && !isQuoted) endCell();
    else source += character;
  }
  if (source.trim() !== '' || cells.length > 0) endRow();
  const [header, ...data] = rows;
  return header === undefined ? null : { header: header.cells, rows: data, place: header.place, context: [] };
}
