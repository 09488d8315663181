import { isRelative } from '../compose/paths.ts';
import type { Document, KeyPath } from '../document/document.ts';
import { parseShell, type ShellScript } from '../document/parse-shell.ts';
import type { Launch } from './format.ts';
import { launchesOf } from './launch.ts';
import { repositoryPaths } from './repository-path.ts';

/** Configs that one task names at most; a hostile one could name a hundred thousand. */
const mostConfigs = 20;

/**
 * The configs that the commands of a task name, each as the paths that it may have: words that end like a config (`-c
 * configs/train.yaml`, `--config=sft.yaml`, `oumi://configs/train.yaml`). What follows a variable is on no path that is
 * known.
 */
export function launchedConfigs(commands: readonly string[], document: Document): string[][] {
  const words = commands
    .join('\n')
    .slice(0, 100_000)
    .split(/[\s"'=,;()]+/);
  const named = words
    .filter((word) => word.length < 300 && /\.(?:ya?ml|json|toml)$/.test(word))
    .map((word) => word.replace(/^oumi:\/\//, ''))
    .filter((word) => isRelative(word));
  return [...new Set(named)].slice(0, mostConfigs).map((word) => repositoryPaths(word, document.path));
}

/** The commands of a task that start a training, with what they change in its config; their place is that of `keys`. */
export function launchesIn(commands: readonly string[], keys: KeyPath, document: Document): Launch[] {
  const text = commands.join('\n').slice(0, 100_000).replaceAll('oumi://', '');
  const script = parseShell(document.path, text).document;
  const placed = script === null ? null : { ...script, placeOf: () => document.placeOf(keys) };
  const words = placed === null ? [] : (placed.value as ShellScript).commands;
  const launches =
    placed === null ? [] : launchesOf(words.map((command, index) => ({ document: placed, index, ...command })));
  const alone = launchedConfigs(commands, document).map((paths) => ({
    configs: [paths],
    overrides: null,
    choices: new Map<string, string>(),
    isNamedOnly: true as const,
  }));
  return [...launches, ...alone];
}
