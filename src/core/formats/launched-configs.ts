import type { Document } from '../document/document.ts';
import { isRelative, repositoryPaths } from './repository-path.ts';

/** Configs that one task names at most; a hostile one could name a hundred thousand. */
const mostConfigs = 20;

/**
 * The paths in the repository that the commands of a task name: words that end like a config (`-c configs/train.yaml`,
 * `--config=sft.yaml`, `oumi://configs/train.yaml`). What follows a variable is on no path that is known.
 */
export function launchedConfigs(commands: readonly string[], document: Document): string[] {
  const words = commands
    .join('\n')
    .slice(0, 100_000)
    .split(/[\s"'=,;()]+/);
  const named = words
    .filter((word) => word.length < 300 && /\.(?:ya?ml|json|toml)$/.test(word))
    .map((word) => word.replace(/^oumi:\/\//, ''))
    .filter((word) => isRelative(word));
  return [...new Set(named.slice(0, mostConfigs).flatMap((word) => repositoryPaths(word, document.path)))];
}
