import { showText } from '../../document/show-value.ts';
import { lineSeenFrom, type Problem } from '../../problem.ts';
import { formatCount } from '../../units/count.ts';
import { rowKey } from '../row-key.ts';
import type { ReadTable } from './read-table.ts';
import type { TableRow } from './table-row.ts';

/**
 * Rows of one name, told apart by the first of tokens, samples, steps and GPU in which they differ: "1B" with 20B and
 * with 100B tokens are two runs. What differs in nothing else, or in its size, is a mistake, and the first one counts.
 */
export function toldApart(read: ReadTable, problems: Problem[]): ReadTable {
  const byKey = new Map<string, TableRow[]>();
  for (const row of read.rows) {
    const same = byKey.get(rowKey(row.name));
    if (same === undefined) byKey.set(rowKey(row.name), [row]);
    else same.push(row);
  }
  const hasEvidence = read.columns.some(({ meaning }) => meaning === 'evidence');
  const rows = [...byKey.values()].flatMap((same): readonly TableRow[] => {
    const [first, ...others] = same;
    if (first === undefined || others.length === 0) return same;
    const isOneSize = new Set(same.map(({ figures }) => figures.get('parameters')?.value)).size === 1;
    const tell = isOneSize
      ? details.find(
          (detail) => new Set(same.map(detail)).size === same.length && !same.some((row) => detail(row) === null),
        )
      : undefined;
    if (tell !== undefined) return same.map((row) => ({ ...row, name: `${row.name}, ${tell(row) ?? ''}` }));
    if (hasEvidence && !read.columns.some(({ meaning }) => meaning === 'parameters')) return same;
    problems.push(...others.map((row) => duplicateRow(row, first)));
    return [first];
  });
  return { ...read, rows };
}

const details: readonly ((row: TableRow) => string | null)[] = [
  ...(['tokens', 'samples', 'steps'] as const).map((meaning) => ({ figures }: TableRow) => {
    const figure = figures.get(meaning);
    return figure === undefined ? null : `${formatCount(figure.value)} ${meaning}`;
  }),
  ({ gpu }) => gpu,
];

type Named = Pick<TableRow, 'name' | 'place'>;

/** A name that is taken: what is recorded and mapped by name needs one row. */
export function duplicateRow({ name, place }: Named, first: Named): Problem {
  const message = `The row ${showText(name)} is already in ${lineSeenFrom(place, first.place)}.`;
  const hint = 'Give each row a name of its own; the first one is taken.';
  return { code: 'duplicate-scale', place, key: name, message, hint };
}
