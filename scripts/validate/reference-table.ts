import { formatShare } from '../../src/core/units/share.ts';
import { table } from '../generated/table.ts';
import { bySource } from './by-source.ts';
import { shareOrNone, signed } from './error-table.ts';
import type { ReferenceComparison } from './reference-rows.ts';
import { errorsOf } from './statistics.ts';

/** Errors by class of runs, those of rows that nobody looked at apart. */
export function referenceTable(comparisons: readonly ReferenceComparison[]): string {
  const rows = bySource(comparisons).map(({ source, cases }) => row(source, cases));
  return table(
    ['Class', 'Runs', 'Median', '90th', 'Bias', 'Inside', 'Not looked at', 'Median', '90th', 'Inside'],
    [...rows, row('**all**', comparisons)],
  );
}

function row(name: string, cases: readonly ReferenceComparison[]): string[] {
  const all = errorsOf(cases);
  const unseen = errorsOf(notLookedAt(cases));
  return [
    name,
    String(all.cases),
    formatShare(all.median),
    formatShare(all.p90),
    signed(all.bias),
    shareOrNone(all.inRange),
    String(unseen.cases),
    formatShare(unseen.median),
    formatShare(unseen.p90),
    shareOrNone(unseen.inRange),
  ];
}

export function notLookedAt(comparisons: readonly ReferenceComparison[]): ReferenceComparison[] {
  return comparisons.filter(({ heldOut }) => heldOut);
}
