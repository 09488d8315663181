import type { Document, KeyPath } from '../../document/document.ts';
import type { Span } from '../markdown/span.ts';
import type { Table } from './table.ts';

/** Lists of mappings, and mappings of mappings, as tables: keys are headers, and of the second kind names. */
export function documentTables(document: Document, path: string): readonly Table[] {
  const tables: Table[] = [];
  const span = (source: string, keys: KeyPath): Span => ({ source, place: { ...document.placeOf(keys), path } });
  const visit = (value: unknown, keys: KeyPath, depth: number): void => {
    if (depth > 6 || tables.length > 50 || typeof value !== 'object' || value === null) return;
    const entries: readonly (readonly [string | number, unknown])[] = Array.isArray(value)
      ? value.slice(0, 500).map((item: unknown, index) => [index, item] as const)
      : Object.entries(value).slice(0, 500);
    const records = entries.filter(([, item]) => isRecord(item));
    if (records.length > 0 && records.length * 2 >= entries.length)
      tables.push(tableOf(records, !Array.isArray(value), keys, span));
    for (const [key, item] of entries) visit(item, [...keys, key], depth + 1);
  };
  visit(document.value, [], 0);
  return tables;
}

function tableOf(
  records: readonly (readonly [string | number, unknown])[],
  isNamed: boolean,
  keys: KeyPath,
  span: (source: string, keys: KeyPath) => Span,
): Table {
  const titles = [...new Set(records.flatMap(([, record]) => Object.keys(record as object).slice(0, 60)))];
  const ordered = isNamed ? titles : titles.toSorted((a, b) => Number(isName(b)) - Number(isName(a)));
  const place = span('', keys).place;
  const rows = records.map(([key, record]) => {
    const values = record as Readonly<Record<string, unknown>>;
    const cells = ordered.map((title) =>
      span(scalar(values[title]), title in values ? [...keys, key, title] : [...keys, key]),
    );
    const own = span('', [...keys, key]).place;
    return { cells: isNamed ? [{ source: String(key), place: own }, ...cells] : cells, place: own };
  });
  const header = ordered.map((title) => ({ source: title.replaceAll('_', ' '), place }));
  return { header: isNamed ? [{ source: 'Run', place }, ...header] : header, rows, place, context: keys.map(String) };
}

function isName(title: string): boolean {
  return /^(?:name|run|stage|phase|scale|id)$/i.test(title);
}

function isRecord(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function scalar(value: unknown): string {
  if (typeof value === 'string') return value.replaceAll(/\s+/g, ' ').trim();
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}
