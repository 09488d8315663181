import { estimateConfig, type ConfigReading } from '../core/estimate-config.ts';
import type { OpenedFiles } from '../core/reading/opened-files.ts';
import { launchesOf } from '../core/reading/open-file.ts';
import { recipesOf } from '../core/reading/recognize.ts';
import { runsAlike, type NamedRun } from '../core/reading/runs-alike.ts';
import type { Guards } from '../core/guards.ts';
import { isConfigPath } from '../core/policy/globs.ts';
import type { Problem } from '../core/problem.ts';
import { configOf, fileOf, launcherOf, recipePath } from '../core/recipe-path.ts';
import { unknownDialect } from '../core/source-file.ts';
import { openOne } from '../workspace/collect.ts';
import type { Launched } from '../workspace/launchers.ts';
import { filesBelow } from './files-below.ts';
import { localLaunched } from './local-launched.ts';
import { localGuards, type GuardOptions } from './local-guards.ts';
import type { Location, Surroundings } from './surroundings.ts';
import type { Terminal } from './terminal.ts';
import { locateTarget, withHint } from './unfiled.ts';

/** A config that was asked for, by its own name or by its folder's. */
export interface LocalConfig extends ConfigReading {
  /** Root of its repository, absolute, and its path from there. */
  readonly root: string;
  readonly path: string;
  /** Its folder was asked for, not the file itself. */
  readonly inFolder: boolean;
}

/** What the targets of one command line hold. */
export interface LocalConfigs {
  readonly configs: readonly LocalConfig[];
  /** What is wrong with the policies and plans that hold for them, as seen from the working directory. */
  readonly guardProblems: readonly Problem[];
  /** Folders without a single training config, as they were named. */
  readonly emptyFolders: readonly string[];
  /** Files of the folders that could be configs by their endings, and are none. */
  readonly otherFiles: number;
}

/** Reads and estimates files and folders, each with the policy and the plan of its own repository. */
export async function readConfigs(
  targets: readonly string[],
  options: GuardOptions,
  terminal: Pick<Terminal, 'directory' | 'today' | 'input'>,
): Promise<LocalConfigs> {
  const { directory, today } = terminal;
  const guardsByRoot = new Map<string, Guards>();
  const launchedByRoot = new Map<string, Launched>();
  const configs = new Map<string, LocalConfig>();
  const emptyFolders: string[] = [];
  let otherFiles = 0;
  for (const target of targets) {
    const location = await locateTarget(terminal, target);
    const { root } = location.surroundings;
    const guards = guardsByRoot.get(root) ?? (await localGuards(location.surroundings, options, terminal));
    guardsByRoot.set(root, guards);
    const launched =
      launchedByRoot.get(root) ??
      (await localLaunched(location.surroundings, guards, location.isFolder ? null : location.path));
    if (location.isFolder) launchedByRoot.set(root, launched);
    const { found, others } = await configsAt(location, { guards, launched, today });
    if (found.length === 0) emptyFolders.push(target);
    otherFiles += others;
    for (const config of found.map((each) => called(each, location, directory))) {
      configs.set(`${config.root}\0${config.path}`, config);
    }
  }
  const guardProblems = [...guardsByRoot.values()].flatMap(({ problems }) => problems);
  return { configs: [...configs.values()], guardProblems, emptyFolders, otherFiles };
}

/** What configs are read with besides their own files. */
interface ReadWith {
  readonly guards: Guards;
  readonly launched: Launched;
  readonly today: string;
}

async function configsAt(
  { surroundings, path, isFolder }: Location,
  readWith: ReadWith,
): Promise<{ found: LocalConfig[]; others: number }> {
  const { guards } = readWith;
  if (!isFolder) {
    const named = await readFile(path, surroundings, readWith);
    return { found: named.map((config) => asNamed({ ...config, inFolder: false })), others: 0 };
  }
  const found: LocalConfig[] = [];
  let others = 0;
  const files = (await filesBelow(surroundings, path)).filter((file) => isConfigPath(file, guards.policy));
  const listed = new Set(files);
  // A launcher is a part of the run of each config that it starts
  const started = [...readWith.launched].filter(([config]) => listed.has(config)).flatMap(([, runs]) => runs);
  const launchers = new Set(started.map(launcherOf));
  for (const file of files.filter((one) => !launchers.has(one))) {
    for (const config of await readFile(file, surroundings, readWith)) {
      if (config.isConfig) found.push(config);
      // A policy that lists its configs names them, too
      else if (guards.policy.configs !== null && config.isLauncher !== true) found.push(asNamed(config));
      else others += 1;
    }
  }
  return { found, others };
}

/** The run of a file, or each of those that it holds or starts, or in which launchers start it. */
async function readFile(
  path: string,
  { root, workspace }: Surroundings,
  { guards, launched, today }: ReadWith,
): Promise<LocalConfig[]> {
  const starts = launched.get(configOf(path)) ?? [];
  const files = await openOne(
    workspace,
    fileOf(path),
    (opened) => [path, ...starts, ...partsOf(path, opened)],
    guards.policy,
  );
  const parts = partsOf(path, files);
  const runs: readonly NamedRun[] =
    parts.length > 1
      ? parts.map((part) => ({ name: part, path: part }))
      : runsAlike(starts.length > 0 ? starts : [path], files);
  return runs.map((run) => {
    const reading = estimateConfig(run.path, files, guards, today);
    const { estimated } = reading;
    const named = estimated && { ...estimated, run: { ...estimated.run, path: run.name } };
    return { root, path: run.name, inFolder: true, ...reading, estimated: named };
  });
}

/** The recipes in a file of Python, or the runs that a launcher starts. */
function partsOf(path: string, files: OpenedFiles): readonly string[] {
  if (fileOf(path) !== path) return [];
  const recipes = recipesOf(path, files);
  return recipes.length > 1
    ? recipes.map((recipe) => recipePath(path, recipe))
    : launchesOf(path, files).map((launch) => launch.path);
}

/** What lies in no file goes by what it was asked for as. */
function called(config: LocalConfig, { calledAs, hint = null }: Location, directory: string): LocalConfig {
  if (hint !== null) return { ...config, problems: withHint(config.problems, hint) };
  if (calledAs === undefined) return config;
  const { estimated } = config;
  const renamed = estimated && { ...estimated, run: { ...estimated.run, path: calledAs } };
  return { ...config, root: directory, path: calledAs, estimated: renamed };
}

/** A file that was asked for by name has to be a config. */
function asNamed(config: LocalConfig): LocalConfig {
  if (config.estimated !== null || config.problems.length > 0) return config;
  return { ...config, problems: [unknownDialect(config.path)] };
}
