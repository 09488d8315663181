import type { Change } from '../change.ts';
import { estimateConfig, type ConfigReading } from '../estimate-config.ts';
import type { Guards } from '../guards.ts';
import { readLaunchers, type Launchers } from '../launchers.ts';
import { textsOf, type FileContent, type SourceFile } from '../source-file.ts';
import type { CheckInput } from './check-input.ts';

/** A file that changes, or that includes one that does, read on both sides. */
export interface TwoSides {
  readonly change: Change;
  readonly base: ConfigReading;
  readonly head: ConfigReading;
}

export function readBoth(change: Change, guards: Guards, sides: Sides): TwoSides {
  const base = readSide(change.previousPath ?? change.path, change.base, guards, sides.base);
  return { change, base, head: readSide(change.path, change.head, guards, sides.head) };
}

function readSide(
  path: string,
  content: FileContent | null,
  guards: Guards,
  { referenced, launchers, today }: Around,
): ConfigReading {
  if (content === null) return { estimated: null, isConfig: false, problems: [] };
  return estimateConfig({ path, content }, referenced, guards, today, launchers);
}

/** The files that either side's config is built on. */
export function builtOn({ base, head }: TwoSides): readonly string[] {
  return [...(base.builtOn ?? []), ...(head.builtOn ?? [])];
}

/** What all configs of one side are read with. */
export interface Around {
  /** Texts of all files that are known of this side, by path. */
  readonly texts: ReadonlyMap<string, string>;
  readonly referenced: readonly SourceFile[];
  readonly launchers: Launchers;
  readonly today: string | null;
}

export interface Sides {
  readonly base: Around;
  readonly head: Around;
}

/** The launchers of either side: those that change, and those that name what changes. */
export function readAround(input: CheckInput): Sides {
  const unchanged = (input.dependents ?? []).map(({ path, content }) => ({ path, content }));
  const around = (side: 'base' | 'head'): Around => {
    const changed = input.changes.flatMap((change): SourceFile[] => {
      const content = change[side];
      const path = side === 'base' ? (change.previousPath ?? change.path) : change.path;
      return content === null ? [] : [{ path, content }];
    });
    const referenced = input.referenced[side];
    const launchers = readLaunchers([...changed, ...unchanged], referenced);
    const texts = textsOf([...referenced, ...unchanged, ...changed]);
    return { texts, referenced, launchers, today: input.today ?? null };
  };
  return { base: around('base'), head: around('head') };
}
