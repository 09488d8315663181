import type { Problem } from '../../problem.ts';
import type { Column } from './column.ts';
import type { TableRow } from './table-row.ts';
import type { Table } from './table.ts';

/** A table as far as it can be understood by itself. */
export interface ReadTable {
  readonly table: Table;
  readonly columns: readonly Column[];
  readonly rows: readonly TableRow[];
  readonly totals: readonly TableRow[];
  readonly problems: readonly Problem[];
  readonly whyNoPlan: string | null;
}
