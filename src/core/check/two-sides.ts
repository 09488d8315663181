import { basePath, headPath, type ChangedFile } from '../change.ts';
import { estimateConfig, type ConfigReading } from '../estimate-config.ts';
import type { Guards } from '../guards.ts';
import { readLaunchers, type Launchers } from '../launchers.ts';
import type { OpenedFiles } from '../reading/opened-files.ts';
import type { CheckInput } from './check-input.ts';

/** A file that changes, or that includes one that does, read on both sides. */
export interface TwoSides {
  readonly change: ChangedFile;
  readonly base: ConfigReading;
  readonly head: ConfigReading;
}

export function readBoth(change: ChangedFile, guards: Guards, sides: Sides): TwoSides {
  const base = readSide(basePath(change), guards, sides.base);
  return { change, base, head: readSide(headPath(change), guards, sides.head) };
}

function readSide(path: string | null, guards: Guards, { files, launchers, today }: Around): ConfigReading {
  if (path === null) return { estimated: null, isConfig: false, problems: [] };
  return estimateConfig(path, files, guards, today, launchers);
}

/** The files that either side's config is built on. */
export function builtOn({ base, head }: TwoSides): readonly string[] {
  return [...(base.builtOn ?? []), ...(head.builtOn ?? [])];
}

/** What all configs of one side are read with. */
export interface Around {
  readonly files: OpenedFiles;
  readonly launchers: Launchers;
  readonly today: string | null;
}

export interface Sides {
  readonly base: Around;
  readonly head: Around;
}

/** The launchers of either side: those that change, and those that name what changes. */
export function readAround({ changes, dependents = [], sides, today }: CheckInput): Sides {
  const around = (files: OpenedFiles, changed: readonly (string | null)[]): Around => {
    const paths = [...changed.filter((path) => path !== null), ...dependents.map(({ path }) => path)];
    return { files, launchers: readLaunchers(paths, files), today: today ?? null };
  };
  return { base: around(sides.base, changes.map(basePath)), head: around(sides.head, changes.map(headPath)) };
}
