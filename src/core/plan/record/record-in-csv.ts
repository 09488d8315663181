import { plainText } from '../markdown/span.ts';
import { rowKey } from '../row-key.ts';
import { csvTable, separatorOf } from '../table/csv-table.ts';
import type { Column } from '../table/column.ts';
import type { Row } from '../table/table.ts';
import { readings, recordColumns, type RecordColumn } from './record-columns.ts';
import type { Recorded } from './recorded.ts';
import type { ValidationRecord } from './validation-record.ts';

const columns: readonly RecordColumn[] = [
  { meaning: 'name', header: 'Scale', cell: ({ row }) => row },
  {
    meaning: 'evidence',
    header: 'Evidence',
    cell: ({ link, config }) => (/^https?:/.test(link) ? link : `[${config}](${link})`),
  },
  ...recordColumns,
];

/** A plan in CSV with the evidence in its row, in columns that are added where they are missing. */
export function recordInCsv(path: string, text: string, record: ValidationRecord): readonly Recorded[] {
  const table = csvTable(path, text);
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = text.split(lineEnd);
  // A cell of several lines is nothing to be put together again
  if (table === null || lines.filter((line) => line.trim() !== '').length !== table.rows.length + 1) return [];
  const separator = separatorOf(text);
  const print = (cells: readonly string[]): string => cells.map((cell) => quoted(cell, separator)).join(separator);
  return readings(table).flatMap((found): Recorded[] => {
    const own = table.rows.find((row) => isNamed(row, found, record.row));
    const hasEvidence = found.some(({ meaning }) => meaning === 'evidence');
    if (own === undefined && !hasEvidence) return [];
    const missing = columns.filter(({ meaning }) => !found.some((column) => column.meaning === meaning));
    const all = [...found.map(({ meaning }) => meaning), ...missing.map(({ meaning }) => meaning)];
    const written = print(
      all.map((meaning, index) => {
        const value =
          meaning === 'name' && own !== undefined
            ? null
            : columns.find((column) => column.meaning === meaning)?.cell(record);
        return value ?? own?.cells[index]?.source ?? '';
      }),
    );
    const changed = lines.map((line, index) => {
      if (index + 1 === own?.place.line) return written;
      if (line.trim() === '') return line;
      return (
        line +
        separator.repeat(missing.length === 0 ? 0 : 1) +
        print(missing.map(({ header }) => (index + 1 === table.place.line ? header : '')))
      );
    });
    const end = changed.findLastIndex((line) => line.trim() !== '') + 1;
    const whole = own === undefined ? changed.toSpliced(end, 0, written) : changed;
    return [
      {
        text: whole.join(lineEnd),
        stands: hasEvidence ? 'with evidence' : 'in the row',
      },
    ];
  });
}

function isNamed({ cells }: Row, found: readonly Column[], name: string): boolean {
  const cell = cells[found.findIndex(({ meaning }) => meaning === 'name')];
  return cell !== undefined && rowKey(plainText(cell)) === rowKey(name);
}

function quoted(cell: string, separator: string): string {
  return cell.includes(separator) || /["\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
