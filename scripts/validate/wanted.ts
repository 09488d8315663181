import { formatShare } from '../../src/core/units/share.ts';
import { bySource } from './by-source.ts';
import type { Comparison } from './comparison.ts';
import { hoursConstants } from './fitted.ts';
import type { FitCheck } from './fit-check.ts';
import { throughputConstants } from './fitted-speed.ts';
import { leaveOneSourceOut } from './leave-one-out.ts';
import { notLookedAt } from './reference-table.ts';
import { errorsOf, isEstimated, isInRange, relativeError, sum, weightsOf, type Weighting } from './statistics.ts';
import type { Validation } from './validation.ts';

/** A figure that was set as a goal, and how it stands. */
export interface Wanted {
  readonly what: string;
  readonly wanted: string;
  readonly is: string;
  readonly isReached: boolean;
  /** Where the error is, from the figures themselves; empty where the goal is reached. */
  readonly obstacle: string;
}

/** The goals of the project; each source counts alike, however many runs it has. */
export function wantedFigures({
  memory,
  reference,
  throughput,
  hours,
  bounds,
  measuredFits,
  parameters,
}: Validation): Wanted[] {
  const memoryErrors = errorsOf(memory, 'by source');
  const unseen = errorsOf(leaveOneSourceOut(throughput, throughputConstants), 'by source');
  const hoursErrors = errorsOf(hours, 'by source');
  const unseenSteps = notLookedAt(reference);
  const stepErrors = errorsOf(unseenSteps);
  const died = bounds.filter(({ outcome }) => outcome === 'died');
  const ran = [...bounds, ...measuredFits].filter(({ outcome }) => outcome === 'ran');
  const inexact = parameters.filter(({ isExact }) => !isExact);
  return [
    atMost('memory, median error', 0.06, memoryErrors.median, farthest(memory)),
    atMost('memory, 90th percentile', 0.2, memoryErrors.p90, mostBeyond(0.2, memory)),
    atLeast('memory, inside the range', 0.9, memoryErrors.inRange, mostOutside(memory)),
    atMost('reference steps not looked at, median error', 0.01, stepErrors.median, farthest(unseenSteps)),
    atMost('reference steps not looked at, 90th percentile', 0.04, stepErrors.p90, mostBeyond(0.04, unseenSteps)),
    none('runs that died, called a comfortable fit', died.filter(isCalled('comfortable')), died.length),
    atMost('runs that ran, called impossible', 0.03, shareOver(ran, 'by source'), named(ran.filter(isCalled('over')))),
    none(
      'parameter counts that are not exact',
      inexact.map(({ model }) => ({ id: model })),
      parameters.length,
    ),
    atMost('tokens/s per GPU, median error leaving one source out', 0.12, unseen.median, farthest(throughput)),
    atMost('GPU-hours of whole runs, median error', 0.18, hoursErrors.median, unsaid(hours)),
    atLeast('GPU-hours of whole runs, inside the range', 0.9, hoursErrors.inRange, mostOutside(hours)),
  ];
}

function atMost(what: string, goal: number, is: number, obstacle: string): Wanted {
  const isReached = is <= goal;
  return {
    what,
    wanted: `≤ ${formatShare(goal)}`,
    is: formatShare(is),
    isReached,
    obstacle: isReached ? '' : obstacle,
  };
}

function atLeast(what: string, goal: number, is: number | null, obstacle: string): Wanted {
  const isReached = is !== null && is >= goal;
  const shown = is === null ? 'unknown' : formatShare(is);
  return { what, wanted: `≥ ${formatShare(goal)}`, is: shown, isReached, obstacle: isReached ? '' : obstacle };
}

function none(what: string, found: readonly { readonly id: string }[], of: number): Wanted {
  return {
    what,
    wanted: 'none',
    is: `${found.length} of ${of}`,
    isReached: found.length === 0,
    obstacle: named(found),
  };
}

function isCalled(call: FitCheck['call']): (check: FitCheck) => boolean {
  return (check) => check.call === call;
}

/** Share of the runs that the check would fail. */
export function shareOver(ran: readonly FitCheck[], weighting: Weighting): number {
  const weights = weightsOf(ran, weighting);
  return sum(weights.filter((_, index) => ran[index]?.call === 'over')) / sum(weights);
}

/** The three sources with the largest median error. */
function farthest(comparisons: readonly Comparison[]): string {
  return `farthest off by their medians: ${greatest(comparisons, (cases) => errorsOf(cases).median)}`;
}

/** Of the hours, most of the error is in what the sources do not say, so that no constant mends it for other runs. */
function unsaid(hours: readonly Comparison[]): string {
  const ratios = hours.filter(isEstimated).map((comparison) => 1 + relativeError(comparison));
  const unseen = errorsOf(leaveOneSourceOut(hours, hoursConstants), 'by source').median;
  const span = [Math.min(...ratios), Math.max(...ratios)].map((ratio) => ratio.toFixed(2)).join(' to ');
  return [
    `no source names the trainer as a config would, and estimated over stated hours go from ${span}`,
    `a factor fitted to the others leaves ${formatShare(unseen)} on the source that is left out`,
    farthest(hours),
  ].join('; ');
}

/** The three sources with the largest share of errors beyond a limit. */
function mostBeyond(limit: number, comparisons: readonly Comparison[]): string {
  const share = (cases: readonly Comparison[]) =>
    cases.filter(isEstimated).filter((comparison) => Math.abs(relativeError(comparison)) > limit).length / cases.length;
  return `most runs beyond ${formatShare(limit)}: ${greatest(comparisons, share)}`;
}

/** The three sources with the largest share outside the range. */
function mostOutside(comparisons: readonly Comparison[]): string {
  const share = (cases: readonly Comparison[]) => cases.filter((one) => !isInRange(one)).length / cases.length;
  return `most runs outside: ${greatest(comparisons, share)}`;
}

function greatest(comparisons: readonly Comparison[], figureOf: (cases: readonly Comparison[]) => number): string {
  const figures = bySource(comparisons).map(({ source, cases }) => ({ source, figure: figureOf(cases) }));
  figures.sort((a, b) => b.figure - a.figure);
  const listed = figures.slice(0, 3);
  return listed.map(({ source, figure }) => `${source} ${formatShare(figure)}`).join(', ');
}

function named(found: readonly { readonly id: string }[]): string {
  const listed = found.slice(0, 5).map(({ id }) => id);
  return [...listed, ...(found.length > 5 ? [`and ${found.length - 5} more`] : [])].join(', ');
}
