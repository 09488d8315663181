import { formatShare } from '../../src/core/units/share.ts';
import { table } from '../generated/table.ts';
import { bySource } from './by-source.ts';
import type { Comparison } from './comparison.ts';
import { errorsOf, type Errors } from './statistics.ts';

/** Errors by source, the largest first, then of all. */
export function errorTable(comparisons: readonly Comparison[]): string {
  const sources = bySource(comparisons).map(({ source, cases }) => row(source, errorsOf(cases)));
  const trusted = comparisons.filter(({ trust }) => trust === 'A');
  const overall = [
    row('**all, each source alike**', errorsOf(comparisons, 'by source')),
    row('all, each run alike', errorsOf(comparisons)),
    ...(trusted.length === 0 ? [] : [row('trust A alone, each source alike', errorsOf(trusted, 'by source'))]),
  ];
  return table(
    ['Source', 'Runs', 'Median error', '90th percentile', 'Bias', 'Inside the range'],
    [...sources, ...overall],
  );
}

function row(name: string, { cases, median, p90, bias, inRange }: Errors): string[] {
  return [name, String(cases), formatShare(median), formatShare(p90), signed(bias), shareOrNone(inRange)];
}

/** `+4.5 %`, `−12 %` */
export function signed(share: number): string {
  const size = formatShare(Math.abs(share));
  if (size === '0 %') return size;
  return `${share < 0 ? '−' : '+'}${size}`;
}

export function shareOrNone(share: number | null): string {
  return share === null ? '–' : formatShare(share);
}
