import { table } from '../generated/table.ts';
import type { Comparison } from './comparison.ts';
import { signed } from './error-table.ts';
import { isEstimated, relativeError } from './statistics.ts';

const shown = 10;

/** The ten largest errors with what is known of each run; what several runs have in common stands below, once. */
export function worstTable(comparisons: readonly Comparison[], print: (value: number) => string): string {
  const worst = comparisons
    .filter(isEstimated)
    .sort((a, b) => Math.abs(relativeError(b)) - Math.abs(relativeError(a)))
    .slice(0, shown);
  const areAlike = new Set(comparisons.map(({ statistic }) => statistic)).size === 1;
  const notes = [...new Set(worst.flatMap((comparison) => comparison.notes))];
  const rows = worst.map((comparison) => [
    `\`${comparison.id}\``,
    comparison.source,
    areAlike ? print(comparison.measured) : `${print(comparison.measured)} ${comparison.statistic}`,
    print(comparison.estimate),
    comparison.range === null ? '–' : comparison.range.map(print).join(' to '),
    signed(relativeError(comparison)),
    comparison.notes.map((note) => letter(notes.indexOf(note))).join(', ') || 'nothing',
  ]);
  const header = ['Run', 'Source', 'Measured', 'Estimate', 'Range', 'Error', 'Known of it'];
  const key = notes.map((note, index) => `- ${letter(index)}: ${escapeMarkdown(note)}`);
  return [table(header, rows), ...(key.length > 0 ? [key.join('\n')] : [])].join('\n\n');
}

function letter(index: number): string {
  return String.fromCharCode('a'.charCodeAt(0) + index);
}

/** Text as it stands, whatever Markdown would make of it. */
function escapeMarkdown(text: string): string {
  return text.replaceAll(/[\\`*_[\]<>|#~]/g, '\\$&');
}
