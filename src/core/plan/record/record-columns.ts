import { gibibyte } from '../../units/bytes.ts';
import { formatHours } from '../../units/duration.ts';
import type { Column } from '../table/column.ts';
import type { Meaning } from '../table/meaning.ts';
import { asRecord, readColumns } from '../table/read-columns.ts';
import type { Table } from '../table/table.ts';
import type { ValidationRecord } from './validation-record.ts';

/** A column of a record: what it means, its header in a table without it, and what goes into it. */
export interface RecordColumn {
  readonly meaning: Meaning;
  readonly header: string;
  readonly cell: (record: ValidationRecord) => string | null;
}

/** The columns of a record but that of the link, in the order of a new table. */
export const recordColumns: readonly RecordColumn[] = [
  { meaning: 'date', header: 'Date', cell: ({ date }) => date },
  {
    meaning: 'measuredMemory',
    header: 'Measured memory',
    cell: ({ memoryBytes }) => gib(memoryBytes),
  },
  {
    meaning: 'measuredGpuHours',
    header: 'Measured GPU hours',
    cell: ({ gpuHours }) => hours(gpuHours),
  },
  {
    meaning: 'predictedMemory',
    header: 'Predicted memory',
    cell: ({ predictedMemoryBytes }) => gib(predictedMemoryBytes),
  },
  {
    meaning: 'predictedGpuHours',
    header: 'Predicted GPU hours',
    cell: ({ predictedGpuHours }) => hours(predictedGpuHours),
  },
];

/** What the columns of a table may mean: in one of evidence alone, memory and hours are measured ones. */
export function readings(table: Table): readonly (readonly Column[])[] {
  const columns = readColumns(table.header);
  return [columns, asRecord(columns)];
}

function gib(bytes: number | null): string | null {
  return bytes === null ? null : `${(bytes / gibibyte).toFixed(2)} GiB`;
}

function hours(value: number | null): string | null {
  return value === null ? null : formatHours(value);
}
