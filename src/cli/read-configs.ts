import { estimateConfig, type ConfigReading } from '../core/estimate-config.ts';
import { recipesOf } from '../core/formats/index.ts';
import type { Guards } from '../core/guards.ts';
import { isConfigPath } from '../core/policy/globs.ts';
import { startOf, type Problem } from '../core/problem.ts';
import { fileOf, recipePath } from '../core/recipe-path.ts';
import type { FileContent } from '../core/source-file.ts';
import { collectReferenced } from '../workspace/collect.ts';
import { filesBelow } from './files-below.ts';
import { localGuards, type GuardOptions } from './local-guards.ts';
import { locate, type Location, type Surroundings } from './surroundings.ts';

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
}

/** Reads and estimates files and folders, each with the policy and the plan of its own repository. */
export async function readConfigs(
  targets: readonly string[],
  options: GuardOptions,
  directory: string,
): Promise<LocalConfigs> {
  const guardsByRoot = new Map<string, Guards>();
  const configs = new Map<string, LocalConfig>();
  const emptyFolders: string[] = [];
  for (const target of targets) {
    const location = await locate(directory, target);
    const { root } = location.surroundings;
    const guards = guardsByRoot.get(root) ?? (await localGuards(location.surroundings, options, directory));
    guardsByRoot.set(root, guards);
    const found = await configsAt(location, guards);
    if (found.length === 0) emptyFolders.push(target);
    for (const config of found) configs.set(`${root}\0${config.path}`, config);
  }
  const guardProblems = [...guardsByRoot.values()].flatMap(({ problems }) => problems);
  return { configs: [...configs.values()], guardProblems, emptyFolders };
}

async function configsAt({ surroundings, path, isFolder }: Location, guards: Guards): Promise<LocalConfig[]> {
  if (!isFolder) {
    const named = await readFile(path, surroundings, guards);
    return named.map((config) => asNamed({ ...config, inFolder: false }));
  }
  const configs: LocalConfig[] = [];
  for (const file of await filesBelow(surroundings, path)) {
    if (!isConfigPath(file, guards.policy)) continue;
    for (const config of await readFile(file, surroundings, guards)) {
      if (config.isConfig) configs.push(config);
      // A policy that lists its configs names them, too
      else if (guards.policy.configs !== null && config.isLauncher !== true) configs.push(asNamed(config));
    }
  }
  return configs;
}

/** The config that a file is, or each of those that it holds. */
async function readFile(path: string, { root, workspace }: Surroundings, guards: Guards): Promise<LocalConfig[]> {
  const file = fileOf(path);
  const content: FileContent = (await workspace.read([file])).get(file) ?? { unreadable: 'does not exist' };
  const recipes = file === path && 'text' in content ? recipesOf(path, content.text) : [];
  const paths = recipes.length < 2 ? [path] : recipes.map((recipe) => recipePath(path, recipe));
  const configs: LocalConfig[] = [];
  for (const one of paths) {
    const referenced = await collectReferenced(workspace, new Map([[one, content]]));
    const reading = estimateConfig({ path: one, content }, referenced, guards);
    configs.push({ root, path: one, inFolder: true, ...reading });
  }
  return configs;
}

/** A file that was asked for by name has to be a config. */
function asNamed(config: LocalConfig): LocalConfig {
  if (config.estimated !== null || config.problems.length > 0) return config;
  const problem = {
    code: 'unknown-dialect',
    place: startOf(config.path),
    key: null,
    message: 'this file is not a training config of any format that scalegate reads.',
    hint: 'See docs/formats.md for the formats; `scalegate: 1` marks one of its own.',
  };
  return { ...config, problems: [problem] };
}
