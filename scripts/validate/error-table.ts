import { formatShare } from '../../src/core/units/share.ts';
import { table } from '../generated/table.ts';
import { bySource } from './by-source.ts';
import type { Comparison } from './comparison.ts';
import { errorsOf, type Errors, type Weighting } from './statistics.ts';

/**
 * Errors by source, the largest first, then of all; first those of a prediction without the source itself, then those of
 * the product as it is.
 */
export function errorTable(comparisons: readonly Comparison[], unseen: readonly Comparison[]): string {
  const sources = bySource(comparisons).map(({ source, cases }) => {
    const own = unseen.filter((comparison) => comparison.source === source);
    return row(source, errorsOf(own), errorsOf(cases));
  });
  const isTrusted = ({ trust }: Comparison): boolean => trust === 'A';
  const overall = (name: string, weighting: Weighting, counts: (comparison: Comparison) => boolean): string[] =>
    row(name, errorsOf(unseen.filter(counts), weighting), errorsOf(comparisons.filter(counts), weighting));
  return table(
    ['Source', 'Runs', 'Unseen: median', '90th', 'Inside', 'As it is: median', '90th', 'Bias', 'Inside'],
    [
      ...sources,
      overall('**all, each source alike**', 'by source', () => true),
      overall('all, each run alike', 'by case', () => true),
      ...(comparisons.some(isTrusted) ? [overall('trust A alone, each source alike', 'by source', isTrusted)] : []),
    ],
  );
}

function row(name: string, unseen: Errors, { cases, median, p90, bias, inRange }: Errors): string[] {
  return [
    name,
    String(cases),
    formatShare(unseen.median),
    formatShare(unseen.p90),
    shareOrNone(unseen.inRange),
    formatShare(median),
    formatShare(p90),
    signed(bias),
    shareOrNone(inRange),
  ];
}

/** `+4.5%`, `−12%` */
export function signed(share: number): string {
  const size = formatShare(Math.abs(share));
  if (size === '0%') return size;
  return `${share < 0 ? '−' : '+'}${size}`;
}

export function shareOrNone(share: number | null): string {
  return share === null ? '–' : formatShare(share);
}
