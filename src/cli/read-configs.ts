import { estimateConfig, type ConfigReading } from '../core/estimate-config.ts';
import type { OpenedFiles } from '../core/reading/opened-files.ts';
import { recipesOf } from '../core/reading/recognize.ts';
import type { Guards } from '../core/guards.ts';
import type { Launchers } from '../core/launchers.ts';
import { isConfigPath } from '../core/policy/globs.ts';
import type { Problem } from '../core/problem.ts';
import { fileOf, recipePath } from '../core/recipe-path.ts';
import { unknownDialect } from '../core/source-file.ts';
import { openOne } from '../workspace/collect.ts';
import { filesBelow } from './files-below.ts';
import { localLaunchers } from './local-launchers.ts';
import { localGuards, type GuardOptions } from './local-guards.ts';
import { locate, type Location, type Surroundings } from './surroundings.ts';
import type { Terminal } from './terminal.ts';

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
  { directory, today }: Pick<Terminal, 'directory' | 'today'>,
): Promise<LocalConfigs> {
  const guardsByRoot = new Map<string, Guards>();
  const launchersByRoot = new Map<string, Launchers>();
  const configs = new Map<string, LocalConfig>();
  const emptyFolders: string[] = [];
  let otherFiles = 0;
  for (const target of targets) {
    const location = await locate(directory, target);
    const { root } = location.surroundings;
    const guards = guardsByRoot.get(root) ?? (await localGuards(location.surroundings, options, directory));
    guardsByRoot.set(root, guards);
    const launchers =
      launchersByRoot.get(root) ??
      (await localLaunchers(location.surroundings, guards, location.isFolder ? null : location.path));
    if (location.isFolder) launchersByRoot.set(root, launchers);
    const { found, others } = await configsAt(location, { guards, launchers, today });
    if (found.length === 0) emptyFolders.push(target);
    otherFiles += others;
    for (const config of found) configs.set(`${root}\0${config.path}`, config);
  }
  const guardProblems = [...guardsByRoot.values()].flatMap(({ problems }) => problems);
  return { configs: [...configs.values()], guardProblems, emptyFolders, otherFiles };
}

/** What configs are read with besides their own files. */
interface ReadWith {
  readonly guards: Guards;
  readonly launchers: Launchers;
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
  for (const file of files) {
    for (const config of await readFile(file, surroundings, readWith)) {
      if (config.isConfig) found.push(config);
      // A policy that lists its configs names them, too
      else if (guards.policy.configs !== null && config.isLauncher !== true) found.push(asNamed(config));
      else others += 1;
    }
  }
  return { found, others };
}

/** The config that a file is, or each of those that it holds. */
async function readFile(
  path: string,
  { root, workspace }: Surroundings,
  { guards, launchers, today }: ReadWith,
): Promise<LocalConfig[]> {
  const pathsOf = (files: OpenedFiles): readonly string[] => {
    const recipes = fileOf(path) === path ? recipesOf(path, files) : [];
    return recipes.length < 2 ? [path] : recipes.map((recipe) => recipePath(path, recipe));
  };
  const files = await openOne(workspace, fileOf(path), pathsOf, guards.policy);
  return pathsOf(files).map((one) => {
    return { root, path: one, inFolder: true, ...estimateConfig(one, files, guards, today, launchers) };
  });
}

/** A file that was asked for by name has to be a config. */
function asNamed(config: LocalConfig): LocalConfig {
  if (config.estimated !== null || config.problems.length > 0) return config;
  return { ...config, problems: [unknownDialect(config.path)] };
}
