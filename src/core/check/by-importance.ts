import type { EstimatedRun, RunPair } from '../policy/rule.ts';

/** What cannot be read first, then what moves most GPU-hours, then most memory: a report cut short keeps what matters. */
export function byImportance(a: RunPair, b: RunPair): number {
  return (
    Math.sign(b.problems.length) - Math.sign(a.problems.length) ||
    moved(b, gpuHours) - moved(a, gpuHours) ||
    moved(b, peakBytes) - moved(a, peakBytes) ||
    (a.path < b.path ? -1 : 1)
  );
}

function moved({ base, head }: RunPair, figure: (side: EstimatedRun | null) => number): number {
  return Math.abs(figure(head) - figure(base));
}

function gpuHours(side: EstimatedRun | null): number {
  return side?.estimate.compute?.gpuHours ?? 0;
}

function peakBytes(side: EstimatedRun | null): number {
  return side?.estimate.memory?.peakBytes ?? 0;
}
