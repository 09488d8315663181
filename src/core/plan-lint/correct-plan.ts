import { readPlanFiles, type PlanText } from '../plan/read-plan.ts';
import type { Place } from '../problem.ts';
import type { GpuSpec } from '../run/hardware.ts';
import { lintPlan } from './lint-plan.ts';
import type { Correction } from './remark.ts';

/** A number of the plan's text that is another now. */
export interface CorrectedNumber {
  readonly place: Place;
  readonly from: string;
  readonly to: string;
  /** What the new one is, in words. */
  readonly reason: string;
}

export interface CorrectedPlan {
  readonly files: readonly PlanText[];
  readonly numbers: readonly CorrectedNumber[];
}

/** What one correction makes wrong, a total for instance, the next round corrects. */
const mostRounds = 3;

/**
 * A plan's files with each figure that the lint can compute in place of the one that can't be true; nothing else changes.
 * Ranges and figures that follow from others stay, as does a plan that would read worse.
 */
export function correctPlan(files: readonly PlanText[], gpu: GpuSpec | null): CorrectedPlan {
  let corrected: CorrectedPlan = { files, numbers: [] };
  for (let round = 0; round < mostRounds; round += 1) {
    const { plan, problems } = readPlanFiles(corrected.files);
    if (plan === null) break;
    const corrections = lintPlan(plan, gpu).flatMap((remark) => remark.corrections ?? []);
    const next = apply(corrected.files, corrections);
    if (next.numbers.length === 0 || readPlanFiles(next.files).problems.length > problems.length) break;
    corrected = { files: next.files, numbers: [...corrected.numbers, ...next.numbers] };
  }
  return corrected;
}

/** A correction, and where its number stands in its line. */
interface LocatedNumber extends CorrectedNumber {
  readonly at: number;
}

/** Each set as a whole or not at all; from the right, so that the columns of what is left of a change stay. */
function apply(files: readonly PlanText[], sets: readonly (readonly Correction[])[]): CorrectedPlan {
  const linesByPath = new Map(files.map(({ path, text }) => [path, text.split('\n')]));
  const located = sets.flatMap((set) => {
    const found = set.map((correction) => locate(correction, linesByPath.get(correction.figure.place.path) ?? []));
    return found.every((number) => number !== null) ? found : [];
  });
  const order = ({ place }: LocatedNumber): number => files.findIndex(({ path }) => path === place.path);
  const numbers = located.toSorted((a, b) => order(a) - order(b) || a.place.line - b.place.line || a.at - b.at);
  for (const { place, at, from, to } of numbers.toReversed()) {
    const lines = linesByPath.get(place.path) ?? [];
    const line = lines[place.line - 1] ?? '';
    const rest = padded(line.slice(at + from.length), to.length - from.length);
    lines[place.line - 1] = line.slice(0, at) + to + rest;
  }
  return {
    files: files.map(({ path }) => ({ path, text: (linesByPath.get(path) ?? []).join('\n') })),
    numbers: numbers.map(({ place, from, to, reason }) => ({ place, from, to, reason })),
  };
}

/** What stands between the place of a figure and its number: a key, or the bold type and the currency of a cell. */
const longestPrefix = 60;

function locate({ figure, value, reason }: Correction, lines: readonly string[]): LocatedNumber | null {
  const { place, text } = figure;
  const from = onlyNumberIn(text);
  const line = lines[place.line - 1];
  if (from === null || line === undefined) return null;
  const start = place.column - 1;
  const at = line.indexOf(from, start);
  const to = numberLike(from, value / figure.value);
  // Beyond a bar or a comma is another cell
  if (at === -1 || at - start > longestPrefix || /[|,\d]/.test(line.slice(start, at))) return null;
  return to === from ? null : { place, at, from, to, reason };
}

/** The rest of a line whose table cell has grown: blanks in front of the next bar make room, so that the table stays aligned. */
function padded(rest: string, growth: number): string {
  const bar = rest.indexOf('|');
  const cell = rest.slice(0, Math.max(bar, 0)).trimEnd();
  const blanks = bar - cell.length;
  return blanks < 1 ? rest : cell + ' '.repeat(Math.max(1, blanks - growth)) + rest.slice(bar);
}

/** Of a figure in two numbers, a range or 2 h 30, nobody knows which is wrong. */
function onlyNumberIn(text: string): string | null {
  const found = text.match(/\d[\d,._]*/g) ?? [];
  const [number] = found;
  return found.length === 1 && number !== undefined ? number.replace(/[,._]$/, '') : null;
}

/** The number times a factor to three digits, with thousands as it has them: `~1000` stays without a comma. */
function numberLike(number: string, factor: number): string {
  const value = Number((Number(number.replaceAll(/[,_]/g, '')) * factor).toPrecision(3));
  return value.toLocaleString('en-US', { useGrouping: number.includes(','), maximumSignificantDigits: 3 });
}
