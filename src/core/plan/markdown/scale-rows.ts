import type { Place, Problem } from '../../problem.ts';
import { showText } from '../../document/show-value.ts';
import { scaleKey } from '../arrange-scales.ts';
import type { Column, ScaleTable } from './columns.ts';
import type { Row } from './sections.ts';
import { plainText, type Span } from './span.ts';

/** One row of a scale table: which scale it is of, and its cells by what they hold. */
export interface ScaleRow {
  readonly name: string;
  readonly place: Place;
  readonly cells: ReadonlyMap<Column, Cell>;
}

export interface Cell {
  readonly span: Span;
  /** What the header says in brackets. */
  readonly unit: string;
}

/** The rows of a table that name a scale, and what is wrong with the table's shape. */
export function readScaleRows(scaleTable: ScaleTable): { rows: readonly ScaleRow[]; problems: readonly Problem[] } {
  const { table, columns } = scaleTable;
  const problems = problemsOfHeader(scaleTable);
  const rows = new Map<string, ScaleRow>();
  const repeats: ScaleRow[] = [];
  for (const row of table.rows) {
    if (row.cells.length !== table.header.length) problems.push(raggedRow(row, table.header.length));
    const name = row.cells[columns.indexOf('name')];
    if (name === undefined || plainText(name) === '') {
      problems.push(missingName(row));
      continue;
    }
    const scaleRow = { name: plainText(name), place: name.place, cells: cellsOf(row, scaleTable) };
    const first = rows.get(scaleKey(scaleRow.name));
    if (first === undefined) rows.set(scaleKey(scaleRow.name), scaleRow);
    // A table of evidence may list several runs of one scale
    else if (columns.includes('evidence') && !columns.includes('parameters')) repeats.push(scaleRow);
    else problems.push(duplicateScale(scaleRow, first));
  }
  return { rows: [...rows.values(), ...repeats], problems };
}

function cellsOf(row: Row, { columns, units }: ScaleTable): ReadonlyMap<Column, Cell> {
  const cells = new Map<Column, Cell>();
  for (const [index, column] of columns.entries()) {
    const span = row.cells[index];
    if (column !== null && span !== undefined && !cells.has(column))
      cells.set(column, { span, unit: units[index] ?? '' });
  }
  return cells;
}

function problemsOfHeader({ table, columns }: ScaleTable): Problem[] {
  const problems: Problem[] = [];
  if (table.delimiters !== table.header.length) {
    const message = `The header has ${table.header.length} cells, the line below it ${table.delimiters}.`;
    const hint = 'GitHub shows no table unless both have as many.';
    problems.push({ code: 'broken-table', place: table.place, key: null, message, hint });
  }
  for (const [index, column] of columns.entries()) {
    const header = table.header[index];
    const first = table.header[columns.indexOf(column)];
    if (column === null || header === undefined || first === undefined || first === header) continue;
    const message = `${showText(plainText(header))} reads as the same column as ${showText(plainText(first))}.`;
    const hint = 'Rename one of them; the first one is taken.';
    problems.push({ code: 'duplicate-column', place: header.place, key: null, message, hint });
  }
  return problems;
}

function raggedRow({ cells, place }: Row, expected: number): Problem {
  const message = `The row has ${cells.length} cells, its header ${expected}.`;
  const hint = 'Give each column a cell, — where there is nothing to say.';
  return { code: 'ragged-row', place, key: null, message, hint };
}

function missingName({ place }: Row): Problem {
  const hint = 'Name the scale that the figures are of.';
  return { code: 'missing-name', place, key: null, message: 'The row names no scale.', hint };
}

function duplicateScale({ name, place }: ScaleRow, first: ScaleRow): Problem {
  const message = `The scale ${showText(name)} is already in line ${first.place.line}.`;
  const hint = 'Give each scale one row; the first one is taken.';
  return { code: 'duplicate-scale', place, key: name, message, hint };
}
