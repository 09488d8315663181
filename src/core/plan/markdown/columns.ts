import type { Scale } from '../plan.ts';
import type { Table } from './sections.ts';
import { plainText, type Span } from './span.ts';

/** Columns whose cells are figures of a scale, by the name that the plan has for them. */
export type FigureColumn = Extract<
  keyof Scale,
  | 'parameters'
  | 'samples'
  | 'gpuHours'
  | 'modelMemoryBytes'
  | 'activationMemoryBytes'
  | 'memoryBytes'
  | 'dataHours'
  | 'costUsd'
  | 'usdPerMillionTokens'
>;

/** What a column of a scale table holds. */
export type Column =
  | FigureColumn
  | 'name'
  | 'notes'
  | 'evidence'
  | 'date'
  | 'measuredMemoryBytes'
  | 'measuredGpuHours'
  | 'predictedMemoryBytes'
  | 'predictedGpuHours';

/** A table with one row a scale, its columns recognized; null for a column that is none of ours. */
export interface ScaleTable {
  readonly table: Table;
  readonly columns: readonly (Column | null)[];
  /** What stands in brackets in each header: `GB` of "Memory (GB)". */
  readonly units: readonly string[];
}

/** Headers as teams write them, in lower case and without punctuation; the first match counts. */
const headers: readonly (readonly [Column, RegExp])[] = [
  ['name', /^(?:model )?scale(?: name)?$/],
  ['usdPerMillionTokens', /\b(?:1 ?m|1 ?million|m|million) tok(?:en)?s?$/],
  ['measuredMemoryBytes', /^(?:measured|actual|observed) (?:peak )?(?:gpu )?(?:memory|vram)(?: per gpu)?$/],
  ['measuredGpuHours', /^(?:measured|actual|observed) (?:gpu |device )?h(?:ou)?rs?$/],
  ['predictedMemoryBytes', /^predicted (?:peak )?(?:gpu )?(?:memory|vram)(?: per gpu)?$/],
  ['predictedGpuHours', /^predicted (?:gpu |device )?h(?:ou)?rs?$/],
  ['evidence', /^(?:evidence|runs?|(?:run )?links?|training run|report|proof|validated(?: by)?|validation(?: run)?)$/],
  ['date', /^(?:date|when|finished|completed|validated on)(?: on)?$/],
  ['modelMemoryBytes', /^(?:model|weights?|param(?:eter)?s?) (?:memory|mem|vram)$/],
  ['activationMemoryBytes', /^activations?(?: (?:memory|mem|vram))?$/],
  ['memoryBytes', /^(?:(?:total|peak|gpu) )*(?:memory|mem|vram)(?: total)?(?: per gpu)?$|^total(?: per gpu)?$/],
  ['parameters', /^(?:(?:model|total|num|number of|n) )?param(?:eter)?s?(?: count)?$|^model size$/],
  ['samples', /^(?:(?:training|train|num|number of) )*(?:samples?|sequences?|examples?)(?: count)?$/],
  ['gpuHours', /^(?:(?:total|training|compute|estimated) )*(?:gpu|device|accelerator|[a-z]+\d+[a-z]*) h(?:ou)?rs?$/],
  ['dataHours', /^(?:training )?data(?: hours?)?$|^hours? of (?:[a-z]+ )?data$/],
  ['costUsd', /^(?:(?:total|training|cloud|estimated) )*(?:costs?|price|budget)(?: usd)?$/],
  ['notes', /^(?:notes?|comments?|purpose|use(?: case)?|remarks?|description)$/],
];

/** What teams call the column of names where it is not "Scale"; counted only in the first column. */
const otherNames = /^(?:tiers?|stages?|rungs?|levels?|models?|variants?|config(?:uration)?|name)$/;

/**
 * The tables that have one row a scale. Headed "Scale" or, in a plan where no table is, by one of the other names in the
 * first column; a table that has a column of names and nothing else that we know is none.
 */
export function findScaleTables(tables: readonly Table[]): readonly ScaleTable[] {
  const named = tables.map((table) => recognizeColumns(table, false)).filter(hasScales);
  if (named.some(({ columns }) => columns.includes('parameters'))) return named;
  return tables.map((table) => recognizeColumns(table, true)).filter(hasScales);
}

function hasScales({ columns }: ScaleTable): boolean {
  return (
    columns.includes('name') && columns.some((column) => column !== null && column !== 'name' && column !== 'notes')
  );
}

function recognizeColumns(table: Table, byOtherNames: boolean): ScaleTable {
  const columns = table.header.map((cell, index) =>
    byOtherNames && index === 0 && otherNames.test(normalize(cell)) ? 'name' : columnOf(cell),
  );
  const isEvidence = columns.includes('evidence') && !columns.includes('parameters');
  const adds = columns.includes('modelMemoryBytes') || columns.includes('activationMemoryBytes');
  return {
    table,
    units: table.header.map(unitOf),
    columns: columns.map((column, index) => {
      if (isEvidence && column === 'memoryBytes') return 'measuredMemoryBytes';
      if (isEvidence && column === 'gpuHours') return 'measuredGpuHours';
      // A bare "Total" is the total of the columns beside it: memory only among memory
      const isTotal = column === 'memoryBytes' && normalize(table.header[index]).startsWith('total');
      return isTotal && !adds && !/mem|vram/.test(normalize(table.header[index])) ? null : column;
    }),
  };
}

function columnOf(header: Span): Column | null {
  const text = normalize(header);
  return headers.find(([, pattern]) => pattern.test(text))?.[0] ?? null;
}

/** `**GPU-Hours** (A100)` → `gpu hours`. */
function normalize(header: Span | undefined): string {
  if (header === undefined || header.source.length > 200) return '';
  return plainText(header)
    .toLowerCase()
    .replaceAll(/\([^()]*\)/g, ' ')
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim();
}

function unitOf(header: Span): string {
  return /\(([^()]{1,20})\)/.exec(plainText(header))?.[1]?.trim() ?? '';
}
