import type { BothSides } from '../change.ts';
import { estimateConfig, type ConfigReading } from '../estimate-config.ts';
import type { Guards } from '../guards.ts';
import type { OpenedFiles } from '../reading/opened-files.ts';
import type { ChangedRun } from './changed-runs.ts';

/** A run that changes, or that is read with a file which does, read on both sides. */
export interface TwoSides {
  readonly run: ChangedRun;
  readonly base: ConfigReading;
  readonly head: ConfigReading;
}

export function readBoth(run: ChangedRun, guards: Guards, sides: BothSides, today: string | null): TwoSides {
  const read = (path: string | null, files: OpenedFiles): ConfigReading => {
    if (path === null) return { estimated: null, isConfig: false, problems: [] };
    return estimateConfig(path, files, guards, today);
  };
  return { run, base: read(run.base, sides.base), head: read(run.head, sides.head) };
}

/** The files that either side's run is built on. */
export function builtOn({ base, head }: TwoSides): readonly string[] {
  return [...(base.builtOn ?? []), ...(head.builtOn ?? [])];
}
