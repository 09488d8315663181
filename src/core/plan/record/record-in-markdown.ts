import { formatHours } from '../../units/duration.ts';
import { gibibyte } from '../../units/bytes.ts';
import { rowKey } from '../row-key.ts';
import { readOutline } from '../markdown/sections.ts';
import { plainText } from '../markdown/span.ts';
import type { Meaning } from '../table/meaning.ts';
import { asRecord, readColumns } from '../table/read-columns.ts';
import type { Row, Table } from '../table/table.ts';
import type { ValidationRecord } from './validation-record.ts';

/** The columns of a record, in the order of a new table. */
const columns: readonly (readonly [Meaning, header: string, (record: ValidationRecord) => string | null])[] = [
  ['name', 'Scale', ({ scale }) => scale],
  ['evidence', 'Run', ({ link, config }) => `[${config.replaceAll(/[[\]|\\`*_<>]/g, '')}](${link})`],
  ['date', 'Date', ({ date }) => date],
  ['measuredMemory', 'Measured memory', ({ memoryBytes }) => gib(memoryBytes)],
  ['measuredGpuHours', 'Measured GPU hours', ({ gpuHours }) => hours(gpuHours)],
  ['predictedMemory', 'Predicted memory', ({ predictedMemoryBytes }) => gib(predictedMemoryBytes)],
  ['predictedGpuHours', 'Predicted GPU hours', ({ predictedGpuHours }) => hours(predictedGpuHours)],
];

/**
 * A Markdown plan with one more row of evidence: in the table that has such rows, which gets the columns that it lacks,
 * or in a new one at the end. A row that the scale has there is replaced.
 */
export function recordInMarkdown(path: string, text: string, record: ValidationRecord): string | null {
  if (/[|()<>\s]/.test(record.link)) return null;
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const evidence = evidenceTable(path, text);
  if (evidence === undefined) return [withoutLastLineEnds(text), ...newTable(record), ''].join(lineEnd);
  return withRow(text.split(/\r?\n/), evidence, record).join(lineEnd);
}

/** Whether the file has a table of finished runs. */
export function hasEvidenceTable(path: string, text: string): boolean {
  return evidenceTable(path, text) !== undefined;
}

function evidenceTable(path: string, text: string): EvidenceTable | undefined {
  const tables = readOutline(path, text).sections.flatMap((section) => section.tables);
  return tables
    .map((table) => ({ table, columns: asRecord(readColumns(table.header)).map(({ meaning }) => meaning) }))
    .find((found) => found.columns.includes('evidence') && found.columns.includes('name'));
}

function newTable(record: ValidationRecord): string[] {
  return [
    '',
    '## Validation',
    '',
    row(columns.map(([, header]) => header)),
    row(columns.map(() => '---')),
    row(columns.map(([, , cell]) => cell(record) ?? '—')),
  ];
}

interface EvidenceTable {
  readonly table: Table;
  readonly columns: readonly (Meaning | null)[];
}

function withRow(lines: readonly string[], evidence: EvidenceTable, record: ValidationRecord): string[] {
  const { table } = evidence;
  const missing = columns.filter(([column]) => !evidence.columns.includes(column));
  const top = table.place.line - 1;
  const end = top + 2 + table.rows.length;
  const prefix = /^\s*(?:>\s*)*/.exec(lines[top] ?? '')?.[0] ?? '';
  const extended = lines.map((line, index) => {
    if (index < top || index >= end || missing.length === 0) return line;
    const cells = missing.map(([, header]) => (index === top ? header : index === top + 1 ? '---' : '—'));
    return `${withoutLastPipe(line)} | ${cells.join(' | ')} |`;
  });
  const isOwn = ({ cells }: Row): boolean => {
    const name = cells[evidence.columns.indexOf('name')];
    return name !== undefined && rowKey(plainText(name)) === rowKey(record.scale);
  };
  const own = table.rows.find(isOwn);
  const cells = [...evidence.columns, ...missing.map(([column]) => column)].map((column, index) => {
    const write = columns.find(([other]) => other === column)?.[2];
    return (write === undefined ? null : write(record)) ?? own?.cells[index]?.source ?? '—';
  });
  const written = prefix + row(cells);
  return own === undefined ? extended.toSpliced(end, 0, written) : extended.toSpliced(own.place.line - 1, 1, written);
}

function withoutLastLineEnds(text: string): string {
  let end = text.length;
  while (text[end - 1] === '\n') end -= text[end - 2] === '\r' ? 2 : 1;
  return text.slice(0, end);
}

function withoutLastPipe(line: string): string {
  return line.trimEnd().replace(/\|$/, '').trimEnd();
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function gib(bytes: number | null): string | null {
  return bytes === null ? null : `${(bytes / gibibyte).toFixed(2)} GiB`;
}

function hours(value: number | null): string | null {
  return value === null ? null : formatHours(value);
}
