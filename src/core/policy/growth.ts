import { formatCount } from '../units/count.ts';
import { formatHours } from '../units/duration.ts';
import { formatUsd } from '../units/money.ts';
import type { Figure } from '../estimate/figures.ts';
import type { EstimatedRun, RunPair } from './rule.ts';

/** What a run costs, in one of the ways in which it can grow. */
export interface Growth {
  readonly figure: GrowingFigure;
  /** Head over base. */
  readonly factor: number;
  /** `$10,300 to $78,900`; null where only the factor is known. */
  readonly fromTo: string | null;
  /** The figure whose cause is its cause. */
  readonly moved: Figure;
}

export type GrowingFigure = 'parameters' | 'tokens' | 'GPU-hours' | 'cost' | 'GPUs';

interface Measure {
  readonly figure: GrowingFigure;
  readonly of: (run: EstimatedRun) => number | null;
  readonly format: (value: number) => string;
  readonly moved: Figure;
}

const measures: readonly Measure[] = [
  {
    figure: 'parameters',
    of: ({ estimate }) => estimate.parameters?.total ?? null,
    format: formatCount,
    moved: 'parameters',
  },
  {
    figure: 'tokens',
    of: ({ run }) => run.training.tokens,
    format: formatCount,
    moved: 'gpuHours',
  },
  {
    figure: 'GPU-hours',
    of: ({ estimate }) => estimate.compute?.gpuHours ?? null,
    format: formatHours,
    moved: 'gpuHours',
  },
  { figure: 'cost', of: ({ estimate }) => estimate.cost?.usd ?? null, format: formatUsd, moved: 'costUsd' },
  {
    figure: 'GPUs',
    of: ({ run }) => run.hardware.count,
    format: (count) => count.toLocaleString('en-US'),
    moved: 'wallClockHours',
  },
];

/** By how much each figure of a run has grown; those that are unknown on either side and can't be worked out are left out. */
export function growthsOf({ base, head }: RunPair): readonly Growth[] {
  if (base === null || head === null) return [];
  return measures.flatMap(({ figure, of, format, moved }): Growth[] => {
    const [before, after] = [of(base), of(head)];
    if (before !== null && after !== null && before > 0) {
      return [{ figure, factor: after / before, fromTo: `${format(before)} to ${format(after)}`, moved }];
    }
    const factor = figure === 'tokens' ? tokensFactor(base, head) : null;
    return factor === null ? [] : [{ figure, factor, fromTo: null, moved }];
  });
}

/**
 * Tokens are batch × length × steps, or epochs over data that stays the same: where neither side's tokens are known,
 * those of the factors that both sides state say by how much they grow.
 */
function tokensFactor({ run: before }: EstimatedRun, { run: after }: EstimatedRun): number | null {
  const ratio = (field: 'training.steps' | 'training.epochs' | 'training.samples'): number | null => {
    const [was, is] = [before.facts[field]?.value, after.facts[field]?.value];
    return was === undefined || is === undefined ? null : is / was;
  };
  const length = after.training.sequenceLength / before.training.sequenceLength;
  const samples = ratio('training.samples');
  if (samples !== null) return samples * length;
  const steps = ratio('training.steps');
  if (steps !== null) return steps * length * (batchOf(after) / batchOf(before));
  return before.facts['training.steps'] === after.facts['training.steps'] ? ratio('training.epochs') : null;
}

/** Sequences a step, of one GPU where nobody says how many there are. */
function batchOf({ training, parallelism }: EstimatedRun['run']): number {
  const { globalBatchSize, microBatchSize, gradientAccumulationSteps } = training;
  return globalBatchSize ?? microBatchSize * gradientAccumulationSteps * (parallelism.data ?? 1);
}
