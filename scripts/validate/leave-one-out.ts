import type { Comparison, Estimated } from './comparison.ts';
import type { FittedConstant } from './fitted.ts';
import { isEstimated, quantile, relativeError, weightsOf } from './statistics.ts';

/** The comparisons as they would be with the fitted constants fitted again, to all sources. */
export function refitToAll(comparisons: readonly Comparison[], constants: readonly FittedConstant[]): Estimated[] {
  const cases = comparisons.filter(isEstimated);
  const factors = fit(cases, constants);
  return cases.map((comparison) => adjusted(comparison, constants, factors));
}

/**
 * The comparisons as they would be if their own source had not been seen: for each, the fitted constants are fitted
 * again to all other sources. A factor of the estimate is refitted exactly, whatever its value in the code is now; the
 * size of a line item to first order. A constant that no other source measures falls back to what the code would take
 * of an unknown one. The ranges move with the estimates and stay as wide as the code makes them.
 */
export function leaveOneSourceOut(
  comparisons: readonly Comparison[],
  constants: readonly FittedConstant[],
): Estimated[] {
  const cases = comparisons.filter(isEstimated);
  const sources = new Set(cases.map(({ source }) => source));
  const factors = new Map([...sources].map((source) => [source, fitWithout(source, cases, constants)]));
  return cases.map((comparison) => adjusted(comparison, constants, factors.get(comparison.source) ?? []));
}

/** Predictions without their own source, each with a range that is as wide as those of all other sources need. */
export function withRefittedRanges(unseen: readonly Estimated[]): Estimated[] {
  return unseen.map((comparison) => {
    const width = widthNeeded(unseen.filter(({ source }) => source !== comparison.source));
    return { ...comparison, range: widened(comparison, width) };
  });
}

/** By which factor the ranges of these cases have to be widened, or may be narrowed, so that nine in ten are inside. */
function widthNeeded(cases: readonly Estimated[]): number {
  return quantile(cases.map(outwards), weightsOf(cases, 'by source'), 0.9);
}

/** How far the measurement is from the estimate, over how far the range reaches on its side. */
function outwards({ estimate, measured, range }: Estimated): number {
  if (range === null) return Number.POSITIVE_INFINITY;
  const end = measured < estimate ? range[0] : range[1];
  return end === estimate ? Number.POSITIVE_INFINITY : (measured - estimate) / (end - estimate);
}

function widened({ estimate, range }: Estimated, width: number): Comparison['range'] {
  if (range === null) return null;
  const [low, high] = range;
  return [Math.max(0, estimate - width * (estimate - low)), estimate + width * (high - estimate)];
}

function fitWithout(source: string, cases: readonly Estimated[], constants: readonly FittedConstant[]): number[] {
  const others = cases.filter((comparison) => comparison.source !== source);
  const factors = fit(others, constants);
  return constants.map((constant, index) => {
    const isMeasured = casesOf(constant, others).length > 0;
    return isMeasured ? (factors[index] ?? 0) : Math.log(constant.unseen ?? 1);
  });
}

/** Cases of a constant that no other source measures: what it would be without theirs is known only as a fallback. */
export function restingOnOwnSource(comparisons: readonly Comparison[], constants: readonly FittedConstant[]): number {
  const cases = comparisons.filter(isEstimated);
  const seen = constants.map((constant) => new Set(casesOf(constant, cases).map(({ source }) => source)));
  return cases.filter((comparison) =>
    constants.some((constant, index) => bearsOn(constant, comparison) && seen[index]?.size === 1),
  ).length;
}

/** The cases that a constant has a part in. */
export function casesOf(constant: FittedConstant, comparisons: readonly Comparison[]): Estimated[] {
  return comparisons.filter(isEstimated).filter((comparison) => bearsOn(constant, comparison));
}

function bearsOn(constant: FittedConstant, comparison: Estimated): boolean {
  return Math.abs(constant.elasticity(comparison)) > 0.01;
}

function adjusted(comparison: Estimated, constants: readonly FittedConstant[], factors: readonly number[]): Estimated {
  const change = Math.exp(dot(elasticities(comparison, constants), factors));
  const { estimate, range } = comparison;
  return {
    ...comparison,
    estimate: estimate * change,
    range: range === null ? null : [range[0] * change, range[1] * change],
  };
}

/**
 * Keeps a constant where it is when no measurement says anything of it; hardly more than that, because the constants in
 * the code have seen the source that is left out.
 */
const ridge = 0.01;

/** Beyond an error of this size a case pulls with constant force (Huber), so that outliers do not decide. */
const outlier = 0.1;

/**
 * Logarithms of the factors that bring the constants closest to the measurements: least squares of log(measured ÷
 * estimate), reweighted after Huber, each source with the square root of its number of cases.
 */
function fit(cases: readonly Estimated[], constants: readonly FittedConstant[]): number[] {
  const rows = cases.map((comparison) => elasticities(comparison, constants));
  const wanted = cases.map((comparison) => -Math.log1p(relativeError(comparison)));
  const weights = weightsOf(cases, 'by source').map(Math.sqrt);
  let factors = constants.map(() => 0);
  for (let iteration = 0; iteration < 20; iteration += 1) {
    const matrix = constants.map((_, row) => constants.map((__, column): number => (row === column ? ridge : 0)));
    const target = constants.map(() => 0);
    for (const [index, row] of rows.entries()) {
      const residual = (wanted[index] ?? 0) - dot(row, factors);
      const weight = (weights[index] ?? 0) * Math.min(1, outlier / Math.abs(residual));
      for (const [i, left] of row.entries()) {
        if (left === 0) continue;
        target[i] = (target[i] ?? 0) + weight * left * (wanted[index] ?? 0);
        const line = matrix[i] ?? [];
        for (const [j, right] of row.entries()) line[j] = (line[j] ?? 0) + weight * left * right;
      }
    }
    factors = solve(matrix, target);
  }
  return factors;
}

function elasticities(comparison: Estimated, constants: readonly FittedConstant[]): number[] {
  return constants.map((constant) => constant.elasticity(comparison));
}

function dot(left: readonly number[], right: readonly number[]): number {
  return left.reduce((total, value, index) => total + value * (right[index] ?? 0), 0);
}

/** Gauss elimination; a symmetric positive definite matrix needs no pivoting. */
function solve(matrix: readonly (readonly number[])[], target: readonly number[]): number[] {
  const rows = matrix.map((row, index) => [...row, target[index] ?? 0]);
  for (const [index, pivot] of rows.entries()) {
    const scale = pivot[index] ?? 1;
    for (const [other, row] of rows.entries()) {
      if (other === index) continue;
      const share = (row[index] ?? 0) / scale;
      for (const [column, value] of pivot.entries()) row[column] = (row[column] ?? 0) - share * value;
    }
  }
  return rows.map((row, index) => (row.at(-1) ?? 0) / (row[index] ?? 1));
}
