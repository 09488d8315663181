import type { Problem } from '../../problem.ts';
import { plainText, type Span } from '../markdown/span.ts';
import { readAbove } from './above.ts';
import type { Column } from './column.ts';
import { readRow } from './read-row.ts';
import { brokenHeader, missingName, raggedRow, repeatedColumns, unclearColumn } from './table-problems.ts';
import type { TableRow } from './table-row.ts';
import type { Row, Table } from './table.ts';

/** The rows of a table, and what is wrong with its shape. */
export function readRows(
  table: Table,
  columns: readonly Column[],
): { rows: readonly TableRow[]; problems: readonly Problem[] } {
  const problems: Problem[] = [...brokenHeader(table), ...repeatedColumns(columns)];
  for (const { meaning, title, header, gpuCount } of columns) {
    if (meaning === 'unclear') problems.push(unclearColumn(title, header, gpuCount));
  }
  const above = readAbove(table, columns);
  const rows: TableRow[] = [];
  for (const row of table.rows) {
    if (row.cells.length !== table.header.length) problems.push(raggedRow(row, table.header.length));
    if (row.cells.every((cell) => plainText(cell) === '')) continue;
    const named = nameOf(row, columns);
    if (named === null) problems.push(missingName(row));
    else rows.push(readRow(named, row, columns, above));
  }
  return { rows, problems };
}

function nameOf(row: Row, columns: readonly Column[]): Span | null {
  const index = columns.findIndex(({ meaning }) => meaning === 'name');
  const cell = row.cells[index === -1 ? 0 : index];
  return cell === undefined || plainText(cell) === '' ? null : cell;
}
