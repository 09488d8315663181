import { basePath, changesByRecipe, headPath, type BothSides, type ChangedFile } from '../change.ts';
import { launchesOf } from '../reading/open-file.ts';
import type { OpenedFiles } from '../reading/opened-files.ts';
import { recognize } from '../reading/recognize.ts';
import { configOf, launcherOf } from '../recipe-path.ts';
import type { CheckInput } from './check-input.ts';

/** A run that a pull request may change: its paths on both sides, each of a config, or of one with its launcher. */
export interface ChangedRun {
  /** The config at the head, or at the base where it is gone. */
  readonly config: string;
  /** The launcher that starts it, where one is known. */
  readonly launcher: string | null;
  readonly base: string | null;
  readonly head: string | null;
  /** The config's own file is changed. */
  readonly isChanged: boolean;
  /** Otherwise the changed files that it is read with; none where the run is only known of. */
  readonly through: readonly string[];
  /** The launcher's own file is changed. */
  readonly isLauncherChanged: boolean;
}

/** A file that changes, or that is read with one that does. */
interface File {
  readonly change: ChangedFile;
  readonly isChanged: boolean;
  readonly through: readonly string[];
}

/** A command that starts a config, on both sides. */
interface Start {
  readonly file: File;
  readonly base: Command | null;
  readonly head: Command | null;
}

interface Command {
  /** Of the run. */
  readonly path: string;
  /** Every config that the command names. */
  readonly configs: readonly string[];
}

/**
 * The runs that a pull request may change, each once: a config on its own where nothing starts it, otherwise with each
 * command that does. A command that comes to start another config is one run that changes; one that starts a config
 * which nothing started before is compared with that config on its own.
 */
export function changedRuns({
  changes,
  dependents = [],
  sides,
}: Pick<CheckInput, 'changes' | 'dependents' | 'sides'>): ChangedRun[] {
  const files: File[] = [
    ...changes.map((change) => ({ change, isChanged: true, through: [] })),
    ...dependents.map(({ path, through }) => {
      return { change: { path, previousPath: null, status: 'modified' } as const, isChanged: false, through };
    }),
  ];
  const moved = new Map(
    changes.flatMap(({ path, previousPath }) => (previousPath === null ? [] : [[previousPath, path] as const])),
  );
  const startsByFile = files.map((file) => startsOf(file, sides, moved));
  const starts = startsByFile.flat();
  const started = new Map<string, Start[]>();
  for (const start of starts) {
    const config = configAt(start, moved);
    started.set(config, [...(started.get(config) ?? []), start]);
  }
  const configs = files
    .filter((_, index) => startsByFile[index]?.length === 0)
    .flatMap((file) =>
      changesByRecipe(file.change, sides).map((change): [string, File] => [change.path, { ...file, change }]),
    );
  const byConfig = new Map(configs);
  return [
    ...configs.flatMap(([config, file]) => (started.has(config) ? [] : alone(config, file, starts))),
    ...[...started].flatMap(([config, commands]) => runsOf(config, byConfig, commands, sides)),
  ];
}

/** A config that nothing starts; none where it is a part of another run, or what another run was before. */
function alone(config: string, { change, isChanged, through }: File, starts: readonly Start[]): ChangedRun[] {
  const [before, after] = [basePath(change), headPath(change)];
  const isPart = (path: string | null, side: 'base' | 'head'): boolean =>
    path !== null && starts.some((start) => start[side]?.configs.includes(path) === true);
  const base = isPart(before, 'base') ? null : before;
  const head = isPart(after, 'head') ? null : after;
  if (base === null && head === null) return [];
  return [{ config, launcher: null, base, head, isChanged, through, isLauncherChanged: false }];
}

/** The commands of a file on both sides: those of one config are one, and the others in their order. */
function startsOf(file: File, sides: BothSides, moved: ReadonlyMap<string, string>): Start[] {
  const before = commandsAt(basePath(file.change), sides.base);
  const after = commandsAt(headPath(file.change), sides.head);
  if (before.length === 0 && after.length === 0) return [];
  const left = before.length > 0 ? before : ownRun(basePath(file.change), sides.base);
  const pairs: Start[] = [];
  const rest: Command[] = [];
  for (const head of after.length > 0 ? after : ownRun(headPath(file.change), sides.head)) {
    const config = configOf(head.path);
    const same = left.findIndex(({ path }) => (moved.get(configOf(path)) ?? configOf(path)) === config);
    if (same === -1) rest.push(head);
    else pairs.push({ file, base: left.splice(same, 1)[0] ?? null, head });
  }
  for (const head of rest) pairs.push({ file, base: left.shift() ?? null, head });
  return [...pairs, ...left.map((base) => ({ file, base, head: null }))];
}

function commandsAt(path: string | null, files: OpenedFiles): Command[] {
  return path === null ? [] : launchesOf(path, files).map((launch) => ({ path: launch.path, configs: launch.sources }));
}

/** A script that starts no config of the repository may state a run by itself. */
function ownRun(path: string | null, files: OpenedFiles): Command[] {
  const document = path === null ? null : (files.parsed(path)?.document ?? null);
  const format = document === null ? null : recognize(document, files.own);
  return path === null || format === null || format.launcher === true ? [] : [{ path, configs: [] }];
}

function configAt({ base, head }: Start, moved: ReadonlyMap<string, string>): string {
  const before = configOf(base?.path ?? '');
  return head === null ? (moved.get(before) ?? before) : configOf(head.path);
}

function runsOf(
  config: string,
  files: ReadonlyMap<string, File>,
  commands: readonly Start[],
  sides: BothSides,
): ChangedRun[] {
  const file = files.get(config);
  const isChanged = file?.isChanged === true;
  // Where nothing starts it on one side, it is there what it is on its own, and counted once
  const alone = {
    base: commands.some(({ base }) => base !== null) ? null : file === undefined ? config : basePath(file.change),
    head: commands.some(({ head }) => head !== null) || !isChanged ? null : headPath(file.change),
  };
  return commands.map((command, index): ChangedRun => {
    const base = command.base?.path ?? (index === 0 ? existing(alone.base, sides.base) : null);
    const head = command.head?.path ?? (index === 0 ? existing(alone.head, sides.head) : null);
    const isLauncherChanged = command.file.isChanged;
    const parts = [...(command.base?.configs ?? []), ...(command.head?.configs ?? [])];
    const through = [
      ...(isLauncherChanged ? [command.file.change.path] : command.file.through),
      ...parts.filter((part) => part !== config && files.get(part)?.isChanged === true),
      ...(file?.through ?? []),
    ];
    const launcher = launcherOf(head ?? '') ?? launcherOf(base ?? '');
    return { config, launcher, base, head, isChanged, through: [...new Set(through)].sort(), isLauncherChanged };
  });
}

function existing(path: string | null, files: OpenedFiles): string | null {
  return path === null || files.content(path) === null ? null : path;
}
