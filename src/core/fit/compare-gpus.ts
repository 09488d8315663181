import { figuresOf } from '../estimate/figures.ts';
import type { EstimatedRun } from '../policy/rule.ts';
import { ask, fits, type ConfigQuestion } from './ask.ts';

/** The run on one kind and number of GPUs. */
export interface ComparedRun {
  /** Name in the catalog; null where neither option nor config names one. */
  readonly gpu: string | null;
  readonly count: number | null;
  readonly estimated: EstimatedRun | null;
  /** The likely peak is within the GPU's memory; null where it cannot be known. */
  readonly fits: boolean | null;
  /** Why it cannot be run so, in words; null where it can. */
  readonly problem: string | null;
}

/** The config on each of these GPUs, in each of these numbers; without any of either, as it states them. */
export function compareGpus(
  question: ConfigQuestion,
  gpus: readonly string[],
  counts: readonly number[],
): readonly ComparedRun[] {
  const named = gpus.length === 0 ? [null] : gpus;
  const numbers = counts.length === 0 ? [null] : counts;
  return named.flatMap((gpu) =>
    numbers.map((count): ComparedRun => {
      const { estimated, problems } = ask(question, {
        ...(gpu === null ? {} : { 'hardware.gpu': gpu }),
        ...(count === null ? {} : { 'hardware.count': count }),
      });
      const { hardware } = estimated?.run ?? { hardware: null };
      const asked = { gpu: hardware?.gpu?.name ?? gpu, count: hardware?.count ?? count };
      const [problem] = problems;
      if (problem !== undefined || estimated === null)
        return { ...asked, estimated: null, fits: null, problem: problem?.message ?? 'it cannot be estimated' };
      const isKnown = estimated.estimate.memory !== null && estimated.limit !== null;
      return { ...asked, estimated, fits: isKnown ? fits(estimated) : null, problem: null };
    }),
  );
}

/** The runs that fit of which the cost or the time is the least; null where it is known of none. */
export function leastOf(runs: readonly ComparedRun[], figure: 'costUsd' | 'wallClockHours'): ComparedRun | null {
  const known = runs.flatMap((run) => {
    const value = run.estimated === null || run.fits === false ? null : figuresOf(run.estimated)[figure];
    return value === null ? [] : [{ run, value }];
  });
  return known.toSorted((a, b) => a.value - b.value)[0]?.run ?? null;
}
