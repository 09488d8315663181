import { performance } from 'node:perf_hooks';
import { estimateRun } from '../../src/core/estimate/estimate-run.ts';
import { estimateCase } from '../validate/estimate-case.ts';
import { readSets } from '../validate/sets.ts';

export interface EstimatesPerSecond {
  readonly configs: number;
  /** From the text of a config to every figure, as for a file of a pull request. */
  readonly fromText: number;
  /** Of runs that are read and filled in: what a search over their knobs costs. */
  readonly fromRun: number;
}

/** One core, every config of `validation/`, the median of several rounds. */
export function estimatesPerSecond(rounds = 5): EstimatesPerSecond {
  const { memory, bounds, throughput, hours } = readSets();
  const rows = [...memory, ...bounds, ...throughput, ...hours];
  const runs = rows.map(({ id, config }) => estimateCase(id, config).run);
  const fromText = medianSeconds(rounds, () => {
    for (const { id, config } of rows) estimateCase(id, config);
  });
  const fromRun = medianSeconds(rounds, () => {
    for (const run of runs) estimateRun(run, { plan: null, list: null });
  });
  return { configs: rows.length, fromText: rows.length / fromText, fromRun: rows.length / fromRun };
}

/** Of rounds after a first one that warms the compiler up. */
function medianSeconds(rounds: number, work: () => void): number {
  work();
  const times = Array.from({ length: rounds }, () => {
    const start = performance.now();
    work();
    return (performance.now() - start) / 1000;
  });
  return times.sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? Number.NaN;
}
