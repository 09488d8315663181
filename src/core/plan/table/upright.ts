import type { Span } from '../markdown/span.ts';
import { plainText } from '../markdown/span.ts';
import type { Meaning } from './meaning.ts';
import { readColumns } from './read-columns.ts';
import type { Table } from './table.ts';

const figures: readonly (Meaning | null)[] = [
  'parameters',
  'tokens',
  'samples',
  'steps',
  'gpuHours',
  'wallClock',
  'cost',
  'memory',
  'gpuCount',
  'gpu',
  'nodeHours',
];

/** A table with a column for each run and a row for each figure, turned so that runs are rows. Any other as it is. */
export function upright(table: Table): Table {
  const { header, rows, place, context } = table;
  if (header.length < 3 || rows.length < 2 || rows.length > 60 || header.length > 60) return table;
  const down = rows.map(({ cells: [first] }) => first ?? { source: '', place });
  const isFigure = (titles: readonly Span[]): number =>
    titles.filter((title) => figures.includes(readColumns([{ source: 'Run', place }, title])[1]?.meaning ?? null))
      .length;
  const [labels, titles] = [isFigure(down), isFigure(header.slice(1))];
  if (labels < 2 || titles > 0 || labels * 2 < rows.length) return table;
  const corner: Span = { source: plainText(header[0] ?? { source: '', place }) === '' ? '' : 'Run', place };
  return {
    header: [corner, ...down],
    rows: header.slice(1).map((name, index) => ({
      cells: [name, ...rows.map(({ cells, place: start }) => cells[index + 1] ?? { source: '', place: start })],
      place: name.place,
    })),
    place,
    context,
  };
}
