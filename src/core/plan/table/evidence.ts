import type { Problem } from '../../problem.ts';
import { showText } from '../../document/show-value.ts';
import { findIsoDate } from '../iso-date.ts';
import { isNotGiven } from '../markdown/not-given.ts';
import { linkIn, plainText, type Span } from '../markdown/span.ts';
import type { Validation } from '../plan.ts';
import type { TableRow } from './table-row.ts';

/** Evidence of a finished run in a row, null where it has none; and what could not be read of it. */
export interface EvidenceReading {
  readonly validation: Validation | null;
  readonly problems: readonly Problem[];
}

/**
 * Reads the evidence in a row: a link to the run, with the date and the measured figures beside it. A tick or a "yes"
 * is a claim, not evidence, and a problem.
 */
export function readEvidence({ name, evidence: span, date: dateCell, status, figures }: TableRow): EvidenceReading {
  if (span === null || isNone(plainText(span)) || (status !== null && unfinished.test(status))) {
    return { validation: null, problems: [] };
  }
  const link = linkIn(span);
  if (link === null) {
    const message = `${showText(plainText(span))} is no link to a finished run.`;
    const hint = 'Link the run or a file about it, [run](https://…), or write — while there is none.';
    return { validation: null, problems: [{ code: 'missing-evidence', place: span.place, key: name, message, hint }] };
  }
  const date = findIsoDate(plainText(dateCell ?? span));
  const isBroken = dateCell !== null && date === null && !isNotGiven(plainText(dateCell));
  const measured = {
    peakMemoryBytes: figures.get('measuredMemory') ?? null,
    gpuHours: figures.get('measuredGpuHours') ?? null,
    predictedMemoryBytes: figures.get('predictedMemory') ?? null,
    predictedGpuHours: figures.get('predictedGpuHours') ?? null,
  };
  return {
    validation: { link, date, ...measured, place: span.place },
    problems: isBroken ? [unreadableDate(name, dateCell)] : [],
  };
}

/** A run that did not end, or ended badly, is evidence of nothing. */
const unfinished =
  /\b(?:diverged|failed|crash(?:ed)?|killed|oom|aborted|cancel+ed|stopped|running|pending|queued|planned|todo|to do|in progress|wip|not (?:started|done|finished))\b/i;

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
