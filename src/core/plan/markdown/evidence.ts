import type { Problem } from '../../problem.ts';
import { showText } from '../../document/show-value.ts';
import { findIsoDate } from '../iso-date.ts';
import type { Validation } from '../plan.ts';
import type { Column } from './columns.ts';
import { isNotGiven, readFigure } from './figure.ts';
import type { ScaleRow } from './scale-rows.ts';
import { linkIn, plainText, type Span } from './span.ts';

/** Evidence of a finished run in a row, null where it has none; and what could not be read of it. */
export interface EvidenceReading {
  readonly validation: Validation | null;
  readonly problems: readonly Problem[];
}

/**
 * Reads the evidence in a row: a link to the run, with the date and the measured figures beside it. A tick or a "yes"
 * is a claim, not evidence, and a problem.
 */
export function readEvidence({ name, cells }: ScaleRow): EvidenceReading {
  const evidence = cells.get('evidence');
  if (evidence === undefined || isNone(plainText(evidence.span))) return { validation: null, problems: [] };
  const { span } = evidence;
  const link = linkIn(span);
  if (link === null) {
    const message = `${showText(plainText(span))} is no link to a finished run.`;
    const hint = 'Link the run or a file about it, [run](https://…), or write — while there is none.';
    return {
      validation: null,
      problems: [{ code: 'missing-evidence', place: span.place, key: name, message, hint }],
    };
  }
  const problems: Problem[] = [];
  const measured = (column: Extract<Column, `measured${string}` | `predicted${string}`>) => {
    const cell = cells.get(column);
    if (cell === undefined) return null;
    const { figure, problem } = readFigure(cell.span, column, cell.unit);
    if (problem !== null) problems.push({ ...problem, key: name });
    return figure;
  };
  const peakMemoryBytes = measured('measuredMemoryBytes');
  const gpuHours = measured('measuredGpuHours');
  const predictedMemoryBytes = measured('predictedMemoryBytes');
  const predictedGpuHours = measured('predictedGpuHours');
  const dateCell = cells.get('date')?.span;
  const date = findIsoDate(plainText(dateCell ?? span));
  if (dateCell !== undefined && date === null && !isNotGiven(plainText(dateCell)))
    problems.push(unreadableDate(name, dateCell));
  const figures = { peakMemoryBytes, gpuHours, predictedMemoryBytes, predictedGpuHours };
  return { validation: { link, date, ...figures, place: span.place }, problems };
}

function isNone(text: string): boolean {
  return isNotGiven(text) || /^(?:no|not yet|not validated|pending|planned|❌|✗|✘|✖️?)$/i.test(text);
}

function unreadableDate(key: string, cell: Span): Problem {
  const message = `${showText(plainText(cell))} is no date.`;
  return {
    code: 'unreadable-date',
    place: cell.place,
    key,
    message,
    hint: 'Write it as 2026-10-03.',
  };
}
