import { rowKey } from '../row-key.ts';
import { readOutline } from '../markdown/sections.ts';
import { plainText } from '../markdown/span.ts';
import type { Meaning } from '../table/meaning.ts';
import type { Row, Table } from '../table/table.ts';
import { readings, recordColumns, type RecordColumn } from './record-columns.ts';
import type { Recorded } from './recorded.ts';
import type { ValidationRecord } from './validation-record.ts';

const columns: readonly RecordColumn[] = [
  {
    meaning: 'name',
    header: 'Scale',
    cell: (record) => record.row.replaceAll(/[\\|*`[\]<>]/g, String.raw`\$&`),
  },
  {
    meaning: 'evidence',
    header: 'Run',
    cell: ({ link, config }) => `[${config.replaceAll(/[[\]|\\`*_<>]/g, '')}](${link})`,
  },
  ...recordColumns,
];

/**
 * A Markdown plan with one more row of evidence: in a table that has such rows, which gets the columns that it lacks, or
 * in a new one at the end. A row that is there is replaced.
 */
export function recordInMarkdown(path: string, text: string, record: ValidationRecord): readonly Recorded[] {
  if (/[|()<>\s]/.test(record.link)) return [];
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const tables = readOutline(path, text).sections.flatMap((section) => section.tables);
  const evidence = tables
    .flatMap((table) =>
      readings(table).map((found) => ({
        table,
        columns: found.map(({ meaning }) => meaning),
      })),
    )
    .filter((found) => found.columns.includes('evidence') && found.columns.includes('name'))
    .toSorted((a, b) => Number(ownRow(b, record) !== undefined) - Number(ownRow(a, record) !== undefined));
  const lines = text.split(/\r?\n/);
  return [
    ...evidence.map((found): Recorded => ({
      text: withRow(lines, found, record).join(lineEnd),
      stands: 'with evidence',
    })),
    {
      text: [withoutLastLineEnds(text), ...newTable(record), ''].join(lineEnd),
      stands: 'apart',
    },
  ];
}

function newTable(record: ValidationRecord): string[] {
  return [
    '',
    '## Validation',
    '',
    row(columns.map(({ meaning, header }) => (meaning === 'name' && record.kind === 'stage' ? 'Stage' : header))),
    row(columns.map(() => '---')),
    row(columns.map(({ cell }) => cell(record) ?? '—')),
  ];
}

interface EvidenceTable {
  readonly table: Table;
  readonly columns: readonly (Meaning | null)[];
}

function withRow(lines: readonly string[], evidence: EvidenceTable, record: ValidationRecord): string[] {
  const { table } = evidence;
  const missing = columns.filter(({ meaning }) => !evidence.columns.includes(meaning));
  const top = table.place.line - 1;
  const end = top + 2 + table.rows.length;
  const prefix = /^\s*(?:>\s*)*/.exec(lines[top] ?? '')?.[0] ?? '';
  const extended = lines.map((line, index) => {
    if (index < top || index >= end || missing.length === 0) return line;
    const cells = missing.map(({ header }) => (index === top ? header : index === top + 1 ? '---' : '—'));
    return `${withoutLastPipe(line)} | ${cells.join(' | ')} |`;
  });
  const own = ownRow(evidence, record);
  const cells = [...evidence.columns, ...missing.map(({ meaning }) => meaning)].map((meaning, index) => {
    const written = columns.find((column) => column.meaning === meaning)?.cell(record) ?? null;
    return written ?? own?.cells[index]?.source ?? '—';
  });
  const written = prefix + row(cells);
  return own === undefined ? extended.toSpliced(end, 0, written) : extended.toSpliced(own.place.line - 1, 1, written);
}

function ownRow({ table, columns: meanings }: EvidenceTable, { row: name }: ValidationRecord): Row | undefined {
  const index = meanings.indexOf('name');
  return table.rows.find(({ cells }) => {
    const cell = cells[index];
    return cell !== undefined && rowKey(plainText(cell)) === rowKey(name);
  });
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
