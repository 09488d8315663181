import type { Source } from '../compose/compose.ts';
import { hydraConfigs } from '../compose/hydra-main.ts';
import type { Document } from '../document/document.ts';
import type { Format, Launch } from '../formats/format.ts';
import { launchedPath, launcherOf } from '../recipe-path.ts';
import { openConfig, type OpenConfig } from './open-config.ts';
import type { OpenedFiles } from './opened-files.ts';
import { recipesOf, recognize, recognizeLauncher } from './recognize.ts';

/** A file that was parsed, with all that it is read with. */
export interface OpenFile {
  readonly source: Source;
  readonly config: OpenConfig;
  /** The commands by which it starts a training, whether their configs exist or not. */
  readonly launches: readonly Launch[];
  /** The runs that it starts: those of its commands whose configs exist. */
  readonly launched: readonly OpenLaunch[];
}

/** A config with the command that starts it. */
export interface OpenLaunch {
  /** The path of the run: the config, and the launcher that this is. */
  readonly path: string;
  readonly launch: Launch;
  /** The launcher. */
  readonly task: Format;
  readonly config: OpenConfig;
  readonly format: Format;
  /** The configs that the command names, weakest first. */
  readonly sources: readonly string[];
}

/** Opens a file with what it includes, names and launches; null for one that cannot be parsed. Of a run its launcher. */
export function openFile(path: string, files: OpenedFiles): OpenFile | null {
  return files.once(open, launcherOf(path) ?? path);
}

function open(path: string, files: OpenedFiles): OpenFile | null {
  const source = files.source(path);
  if (source === undefined || 'why' in source) return null;
  const config = openConfig([source], files);
  const task = recognizeLauncher(source.document);
  const launches = task?.launches?.(source.document) ?? [];
  return { source, config, launches, launched: task === null ? [] : findLaunched(source.document, task, files) };
}

/** Paths that a file includes, names or launches, whether they exist or not. */
export function namedBy({ config, launches, launched }: OpenFile): readonly string[] {
  const configs = launches.flatMap((launch) => [...launch.configs.flat(), ...(launch.launcherFiles ?? [])]);
  return [...new Set([...config.named, ...configs, ...launched.flatMap((launch) => launch.config.named)])];
}

/** The runs that a file starts; none for a file that is no launcher. */
export function launchesOf(path: string, files: OpenedFiles): readonly OpenLaunch[] {
  return mayLaunch(path, files) ? (openFile(path, files)?.launched ?? []) : [];
}

/** What names no file launches none: most configs need not be opened for it. */
function mayLaunch(path: string, files: OpenedFiles): boolean {
  return /\.(?:ya?ml|toml|json|py)\b|--config-name|-cn\b/.test(files.text(path) ?? '');
}

/** Each command whose configs exist and make a training config together. */
function findLaunched(document: Document, task: Format, files: OpenedFiles): OpenLaunch[] {
  const found: OpenLaunch[] = [];
  const commands = new Map<string, number>();
  for (const launch of task.launches?.(document) ?? []) {
    const opened = openLaunch(launch, files);
    if (opened === null || !isRun(document, opened.format)) continue;
    // Of several configs the first is the one that the others change
    const [name = ''] = opened.sources;
    // A task names a config twice where its command is read, and where the name stands
    if (launch.isNamedOnly === true && commands.has(name)) continue;
    const command = (commands.get(name) ?? 0) + 1;
    commands.set(name, command);
    found.push({ ...opened, launch, task, path: launchedPath(name, document.path, command) });
  }
  return found;
}

function openLaunch(launch: Launch, files: OpenedFiles): Pick<OpenLaunch, 'config' | 'format' | 'sources'> | null {
  const byProgram = configsOfProgram(launch, files);
  const configs = byProgram.length > 0 ? [byProgram] : launch.configs;
  const sources = configs.flatMap((paths): Source[] => {
    const found = paths
      .map((path) => files.source(path))
      .find((source) => source !== undefined && 'document' in source);
    if (found === undefined || !('document' in found)) return [];
    const isOther = recognize(found.document)?.launcher === true || recipesOf(found.document.path, files).length > 1;
    return isOther ? [] : [found];
  });
  if (sources.length === 0) return null;
  const config = openConfig(sources, files, launch);
  const { format } = config;
  if (format === null || format.launcher === true) return null;
  return { config, format, sources: sources.map((source) => source.document.path) };
}

/** The config that a program names, where its command names none or only its name. */
function configsOfProgram({ configs, program }: Launch, files: OpenedFiles): readonly string[] {
  if (program === undefined || (configs.length > 0 && program.configName === null)) return [];
  for (const path of program.paths) {
    const source = files.source(path);
    if (source !== undefined && 'document' in source) return hydraConfigs(path, source.text, program.configName);
  }
  return [];
}

/** A model is no run; and a script that states a run itself is one of a config only where that surely is one. */
function isRun(document: Document, { describesModel, guesses }: Format): boolean {
  if (describesModel === true) return false;
  return guesses !== true || (recognize(document)?.launcher ?? true);
}
