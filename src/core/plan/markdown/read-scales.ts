import { startOf, type Problem } from '../../problem.ts';
import { showText } from '../../document/show-value.ts';
import { scaleKey } from '../arrange-scales.ts';
import { nothingStated, type Figure, type Scale } from '../plan.ts';
import { findScaleTables, type FigureColumn } from './columns.ts';
import { readEvidence } from './evidence.ts';
import { isNotGiven, readFigure } from './figure.ts';
import { readScaleRows, type ScaleRow } from './scale-rows.ts';
import type { Table } from './sections.ts';
import { plainText } from './span.ts';

/** Scales in the order of their rows, and what could not be read of them. */
export interface ScalesReading {
  readonly scales: readonly Scale[];
  readonly problems: readonly Problem[];
}

/**
 * Reads every table that has one row a scale, wherever it stands. The tables with parameters say which scales there are;
 * the others add figures to them. No scales where no table has parameters.
 */
export function readScales(path: string, tables: readonly Table[]): ScalesReading {
  const scaleTables = findScaleTables(tables);
  const ladders = scaleTables.filter(({ columns }) => columns.includes('parameters'));
  const additions = scaleTables.filter(({ columns }) => !columns.includes('parameters'));
  if (ladders.length === 0) return { scales: [], problems: [noLadder(path, additions[0]?.table)] };

  const problems: Problem[] = [];
  const rowsByScale = new Map<string, ScaleRow[]>();
  for (const table of [...ladders, ...additions]) {
    const reading = readScaleRows(table);
    for (const problem of reading.problems) problems.push(problem);
    for (const row of reading.rows) {
      const rows = rowsByScale.get(scaleKey(row.name));
      if (rows !== undefined) rows.push(row);
      else if (ladders.includes(table)) rowsByScale.set(scaleKey(row.name), [row]);
      else problems.push(unknownScale(row, rowsByScale));
    }
  }
  const scales = [...rowsByScale.values()].flatMap((rows) => mergeRows(rows, problems));
  if (scales.length === 0 && problems.length === 0) problems.push(noLadder(path, ladders[0]?.table));
  return { scales, problems };
}

/** One scale of all the rows about it; none where the parameters are not known. */
function mergeRows(rows: readonly ScaleRow[], problems: Problem[]): Scale[] {
  const [first] = rows;
  if (first === undefined) return [];
  const known = problems.length;
  const parameters = mergeFigure(rows, 'parameters', problems);
  if (parameters === null) {
    if (problems.length === known) problems.push(missingParameters(first));
    return [];
  }
  const costUsd = mergeFigure(rows, 'costUsd', problems);
  return [
    {
      ...nothingStated,
      name: first.name,
      kind: 'scale',
      place: first.place,
      parameters,
      samples: mergeFigure(rows, 'samples', problems),
      gpuHours: mergeFigure(rows, 'gpuHours', problems),
      notes: notesOf(rows),
      modelMemoryBytes: mergeFigure(rows, 'modelMemoryBytes', problems),
      activationMemoryBytes: mergeFigure(rows, 'activationMemoryBytes', problems),
      memoryBytes: mergeFigure(rows, 'memoryBytes', problems),
      dataHours: mergeFigure(rows, 'dataHours', problems),
      cost: costUsd && { ...costUsd, currency: 'USD' },
      costUsd,
      usdPerMillionTokens: mergeFigure(rows, 'usdPerMillionTokens', problems),
      validation: validationOf(rows, problems),
    },
  ];
}

function mergeFigure(rows: readonly ScaleRow[], column: FigureColumn, problems: Problem[]): Figure | null {
  let merged: Figure | null = null;
  for (const { name, cells } of rows) {
    const cell = cells.get(column);
    if (cell === undefined) continue;
    const { figure, problem } = readFigure(cell.span, column, cell.unit);
    if (problem !== null) problems.push({ ...problem, key: name });
    if (figure === null) continue;
    if (merged !== null && merged.value !== figure.value) problems.push(conflict(name, merged, figure));
    merged ??= figure;
  }
  return merged;
}

function notesOf(rows: readonly ScaleRow[]): string | null {
  const notes = rows.flatMap(({ cells }) => {
    const cell = cells.get('notes');
    return cell === undefined ? [] : [plainText(cell.span)];
  });
  return notes.find((text) => !isNotGiven(text)) ?? null;
}

function validationOf(rows: readonly ScaleRow[], problems: Problem[]): Scale['validation'] {
  const readings = rows.map(readEvidence);
  for (const reading of readings) for (const problem of reading.problems) problems.push(problem);
  return readings.find(({ validation }) => validation !== null)?.validation ?? null;
}

function noLadder(path: string, table: Table | undefined): Problem {
  const hint = 'Expected a table with the columns Scale and Params: | Scale | Params | Training Samples | GPU Hours |.';
  if (table === undefined) {
    const message = 'No table of the file has scales.';
    return { code: 'no-scaling-table', place: startOf(path), key: null, message, hint };
  }
  const message = `No scale with its parameters: the table has the columns ${showText(table.header.map(plainText).join(' | '))}.`;
  return { code: 'no-scaling-table', place: table.place, key: null, message, hint };
}

function unknownScale({ name, place }: ScaleRow, rowsByScale: ReadonlyMap<string, readonly ScaleRow[]>): Problem {
  const names: string[] = [];
  for (const [row] of rowsByScale.values()) {
    if (names.length === 20) break;
    if (row !== undefined) names.push(showText(row.name));
  }
  const hint = `The scaling table has ${names.join(', ')}.`;
  return { code: 'unknown-scale', place, key: null, message: `No scale is called ${showText(name)}.`, hint };
}

function missingParameters({ name, place }: ScaleRow): Problem {
  const message = `The scale ${showText(name)} has no parameters.`;
  return {
    code: 'missing-parameters',
    place,
    key: name,
    message,
    hint: 'A run is matched to its scale by them.',
  };
}

function conflict(key: string, first: Figure, other: Figure): Problem {
  const message = `${showText(other.text)} is not what line ${first.place.line} says: ${showText(first.text)}.`;
  const hint = 'State the figure once; the first one is taken.';
  return { code: 'conflicting-figures', place: other.place, key, message, hint };
}
