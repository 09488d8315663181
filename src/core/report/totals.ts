import { figuresOf, type Figures } from '../estimate/figures.ts';
import type { EstimatedRun } from '../policy/rule.ts';
import type { Evaluation } from './evaluation.ts';
import { arrow, memoryShare } from './figures.ts';

/** A figure over all configs, and how many of them it leaves out because theirs can't be known. */
export interface Total {
  readonly known: number;
  readonly unknownConfigs: number;
}

export interface Totals {
  readonly configs: number;
  /** The highest peak memory per GPU; null where no config's is known. */
  readonly maxMemoryBytes: Total | null;
  readonly gpuHours: Total;
  readonly costUsd: Total;
}

/** The figures of all configs together, as they stand at the base or at the head. */
export function totalsOf({ pairs }: Evaluation, side: 'base' | 'head'): Totals {
  // A config that exists but could not be read counts: its figures are unknown, not zero
  const unreadable =
    side === 'head' ? pairs.filter(({ head, problems }) => head === null && problems.length > 0).length : 0;
  const runs = pairs.flatMap((pair) => pair[side] ?? []).map(figuresOf);
  const total = (figure: keyof Figures, add: (sum: number, value: number) => number): Total => {
    const known = runs.flatMap((run) => run[figure] ?? []);
    return { known: known.reduce(add, 0), unknownConfigs: runs.length - known.length + unreadable };
  };
  const memory = total('memoryBytes', (most, value) => Math.max(most, value));
  return {
    configs: runs.length + unreadable,
    maxMemoryBytes: runs.some((run) => run.memoryBytes !== null) ? memory : null,
    gpuHours: total('gpuHours', (sum, value) => sum + value),
    costUsd: total('costUsd', (sum, value) => sum + value),
  };
}

/** A total at the base and at the head, in words: `1,510 → 3,580 GPU-h`; `at least 490 GPU-h` where some are unknown. */
export function totalChange(
  evaluation: Evaluation,
  figure: 'maxMemoryBytes' | 'gpuHours' | 'costUsd',
  print: (value: number) => string,
): string {
  const base = totalsOf(evaluation, 'base');
  const before = printTotal(base[figure], print);
  const after = printTotal(totalsOf(evaluation, 'head')[figure], print);
  return base.configs === 0 || before === after ? after : arrow(before, after);
}

function printTotal(total: Total | null, print: (value: number) => string): string {
  if (total === null || (total.known === 0 && total.unknownConfigs > 0)) return 'unknown';
  return total.unknownConfigs === 0 ? print(total.known) : `at least ${print(total.known)}`;
}

/** A total for machines: null as soon as one config's figure is unknown, because a part is no total. */
export function exactly(total: Total | null): number | null {
  return total === null || total.unknownConfigs > 0 ? null : total.known;
}

/** The run at the head that comes closest to its memory limit, or goes furthest beyond it. */
export function fullestRun({ pairs }: Evaluation): EstimatedRun | null {
  const runs = pairs.flatMap(({ head }) => (head?.estimate.memory ? [head] : []));
  const fullness = (run: EstimatedRun) => memoryShare(run) ?? 0;
  const bytes = (run: EstimatedRun) => run.estimate.memory?.peakBytes ?? 0;
  return runs.toSorted((a, b) => fullness(b) - fullness(a) || bytes(b) - bytes(a))[0] ?? null;
}
