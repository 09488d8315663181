import { showText } from '../../document/show-value.ts';
import { startOf, type Problem } from '../../problem.ts';
import { plainText } from '../markdown/span.ts';
import type { PlanRow, PlanTotal, Scale } from '../plan.ts';
import { rowKey } from '../row-key.ts';
import type { Column } from './column.ts';
import { whyNoPlan } from './why-no-plan.ts';
import { isScaleTitle } from './name-column.ts';
import { planRows } from './plan-rows.ts';
import { resolveColumns } from './open-columns.ts';
import { asRecord, readColumns } from './read-columns.ts';
import type { ReadTable } from './read-table.ts';
import { readRows } from './read-rows.ts';
import type { TableRow } from './table-row.ts';
import { toldApart } from './told-apart.ts';
import { splitTotals, totalOf } from './totals.ts';
import { upright } from './upright.ts';
import type { Table } from './table.ts';

export interface TablesReading {
  readonly scales: readonly Scale[];
  readonly stages: readonly PlanRow[];
  readonly total: PlanTotal | null;
  /** The files whose tables are part of the plan. */
  readonly files: ReadonlySet<string>;
  readonly problems: readonly Problem[];
}

/** More tables, and more rows in one, than any plan has; the rest is not looked at, and named. */
const mostTables = 200;
const mostRows = 1_000;
const mostColumns = 100;

/**
 * Reads a plan from tables, whatever they were written in. Tables of planned work say which rows there are; other tables
 * whose rows have the same names add figures to them. No rows where no table is of planned work.
 */
export function readTables(path: string, tables: readonly Table[]): TablesReading {
  const narrow = tables.filter(({ header }) => header.length <= mostColumns);
  const read = narrow.slice(0, mostTables).map((table) => readTable(upright(shortened(table))));
  const plans = read.filter((table) => table.whyNoPlan === null);
  if (plans.length === 0)
    return { scales: [], stages: [], total: null, files: new Set(), problems: [noPlan(path, read)] };

  const problems: Problem[] = narrow.flatMap(tooLong).slice(0, mostTables);
  const rowsByKey = new Map<string, TableRow[]>();
  const owners = new Map<string, ReadTable>();
  const files = new Set<string>();
  const add = (table: ReadTable, isAddition: boolean): void => {
    files.add(table.table.place.path);
    problems.push(...table.problems);
    for (const row of table.rows) {
      problems.push(...row.problems);
      const key = rowKey(row.name);
      const known = rowsByKey.get(key);
      if (known !== undefined) known.push(row);
      else if (isAddition) problems.push(unknownRow(row, [...rowsByKey.values()]));
      else {
        rowsByKey.set(key, [row]);
        owners.set(key, table);
      }
    }
  };

  // Tables with parameters first: they say which scales there are, wherever they stand
  const ladders = plans.filter(({ columns }) => columns.some(({ meaning }) => meaning === 'parameters'));
  const others = read
    .filter((table) => !ladders.includes(table))
    // A table that only adds to rows may stand above the one that plans them
    .toSorted((a, b) => Number(a.whyNoPlan !== null) - Number(b.whyNoPlan !== null));
  const namedScale = ladders.some(({ columns }) => isScale(columns));
  for (const table of ladders) add(toldApart(table, problems), false);
  for (const table of others) {
    const shared = table.rows.filter(({ name }) => rowsByKey.has(rowKey(name))).length;
    const isAddition =
      rowsByKey.size > 0 && ((namedScale && isScale(table.columns)) || (shared > 0 && shared * 2 >= table.rows.length));
    if (isAddition) add(readTable(table.table, true), true);
    else if (table.whyNoPlan === null) add(toldApart(table, problems), false);
  }
  const { scales, stages } = planRows([...rowsByKey.entries()], owners, problems);
  const total = plans.map(({ totals, rows }) => totalOf(totals, rows)).find((found) => found !== null) ?? null;
  return { scales, stages, total, files, problems };
}

function shortened(table: Table): Table {
  return table.rows.length > mostRows ? { ...table, rows: table.rows.slice(0, mostRows) } : table;
}

function tooLong({ rows }: Table): Problem[] {
  const next = rows[mostRows];
  if (next === undefined) return [];
  const message = `The table has ${rows.length} rows; from this one on they are not read.`;
  return [
    {
      code: 'too-many-rows',
      place: next.place,
      key: null,
      message,
      hint: `A plan's table has ${mostRows} rows at most.`,
    },
  ];
}

function readTable(table: Table, isRecord = false): ReadTable {
  const resolved = resolveColumns(readColumns(table.header), table);
  const columns = isRecord && !resolved.some(({ meaning }) => meaning === 'parameters') ? asRecord(resolved) : resolved;
  const { rows: all, problems } = readRows(table, columns);
  const { rows, totals } = splitTotals(all);
  return { table, columns, rows, totals, problems, whyNoPlan: whyNoPlan(columns, rows) };
}

function isScale(columns: readonly Column[]): boolean {
  return columns.some(({ meaning, title }) => meaning === 'name' && isScaleTitle(title));
}

/** Says of the tables that came closest what each lacks. */
function noPlan(path: string, tables: readonly ReadTable[]): Problem {
  const known = ({ columns }: ReadTable): number =>
    columns.filter(({ meaning }) => meaning !== null && meaning !== 'notes').length;
  const closest = tables.toSorted((a, b) => known(b) - known(a)).slice(0, 2);
  const described = closest.map(({ table, whyNoPlan: why }) => {
    const header = table.header.map(plainText).join(' | ');
    return `the table in line ${table.place.line} (${showText(header)}) ${why ?? ''}`;
  });
  const hint =
    'Expected a table of planned work with a name and GPU-hours, time, cost, tokens, samples or steps a row: ' +
    '| Scale | Params | Training Samples | GPU Hours |, or | Stage | GPU Hours | Cost |.';
  const message =
    closest.length === 0
      ? 'This file is no plan: it has no table and no list of planned work.'
      : `This file is no plan: ${described.join('; ')}.`;
  return { code: 'no-plan', place: closest[0]?.table.place ?? startOf(path), key: null, message, hint };
}

function unknownRow({ name, place }: TableRow, known: readonly (readonly TableRow[])[]): Problem {
  const names = known.slice(0, 20).flatMap(([row]) => (row === undefined ? [] : [showText(row.name)]));
  const hint = `The plan's tables have ${names.join(', ')}.`;
  return { code: 'unknown-scale', place, key: null, message: `No row is called ${showText(name)}.`, hint };
}
