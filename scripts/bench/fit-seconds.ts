import { performance } from 'node:perf_hooks';
import { readFileSync } from 'node:fs';
import { findFits } from '../../src/core/fit/find-fits.ts';
import { OpenedFiles } from '../../src/core/reading/opened-files.ts';
import { readGuards } from '../../src/core/guards.ts';

/** Seconds that `scalegate fit` searches for a config that is far too large for its GPU, the median of several rounds. */
export function fitSeconds(rounds = 5): number {
  const path = 'examples/configs/xl.yaml';
  const text = readFileSync(path, 'utf8').replace('activation_checkpointing: full', 'activation_checkpointing: none');
  const asked = {
    path,
    files: new OpenedFiles([[path, { text }]]),
    guards: readGuards(null),
    most: 5,
  };
  findFits(asked);
  const times = Array.from({ length: rounds }, () => {
    const start = performance.now();
    findFits(asked);
    return (performance.now() - start) / 1000;
  });
  return times.sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? Number.NaN;
}
