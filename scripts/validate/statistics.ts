import type { Comparison, Estimated } from './comparison.ts';

/** How far estimates are from measurements; shares are of one, errors relative to the measurement. */
export interface Errors {
  readonly cases: number;
  readonly sources: number;
  readonly unknown: number;
  /** Median and 90th percentile of |estimate ÷ measured − 1|. */
  readonly median: number;
  readonly p90: number;
  /** Median of estimate ÷ measured − 1. */
  readonly bias: number;
  /** Share of the measurements inside the range; null where there is none. */
  readonly inRange: number | null;
}

/** How much a case counts: all sources alike, however many cases they have, or all cases alike. */
export type Weighting = 'by source' | 'by case';

export function errorsOf(comparisons: readonly Comparison[], weighting: Weighting = 'by case'): Errors {
  const known = comparisons.filter(isEstimated);
  const weights = weightsOf(known, weighting);
  const errors = known.map(relativeError);
  const sizes = errors.map(Math.abs);
  return {
    cases: known.length,
    sources: new Set(known.map(({ source }) => source)).size,
    unknown: comparisons.length - known.length,
    median: quantile(sizes, weights, 0.5),
    p90: quantile(sizes, weights, 0.9),
    bias: quantile(errors, weights, 0.5),
    inRange: shareInRange(known, weights),
  };
}

export function isEstimated(comparison: Comparison): comparison is Estimated {
  return comparison.estimate !== null;
}

/** estimate ÷ measured − 1 */
export function relativeError({ estimate, measured }: Estimated): number {
  return estimate / measured - 1;
}

export function isInRange({ measured, range }: Comparison): boolean {
  return range !== null && range[0] <= measured && measured <= range[1];
}

/** 1 for each case, or 1 for each source, divided over its cases. */
export function weightsOf(cases: readonly { readonly source: string }[], weighting: Weighting): number[] {
  const sizes = new Map<string, number>();
  for (const { source } of cases) sizes.set(source, (sizes.get(source) ?? 0) + 1);
  return cases.map(({ source }) => (weighting === 'by case' ? 1 : 1 / (sizes.get(source) ?? 1)));
}

/** The value below which the given share of the weight lies; the mean of two where it lies between them. */
export function quantile(values: readonly number[], weights: readonly number[], share: number): number {
  const sorted = values.map((value, index) => ({ value, weight: weights[index] ?? 0 }));
  sorted.sort((a, b) => a.value - b.value);
  // Sums of thirds and sevenths are not exact.
  const wanted = share * sum(weights) - 1e-9;
  let below = 0;
  for (const [index, { value, weight }] of sorted.entries()) {
    below += weight;
    if (below < wanted) continue;
    const next = sorted[index + 1]?.value ?? value;
    return below - wanted < 2e-9 ? (value + next) / 2 : value;
  }
  return Number.NaN;
}

function shareInRange(cases: readonly Comparison[], weights: readonly number[]): number | null {
  if (cases.some(({ range }) => range === null)) return null;
  const inside = cases.map((comparison, index) => (isInRange(comparison) ? (weights[index] ?? 0) : 0));
  return sum(inside) / sum(weights);
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
