import { folderOf, pathFrom } from '../compose/paths.ts';

/**
 * The paths in the repository that a relative path may mean: from its root, where training is usually started, then
 * from the folder of the config that names it. A way that leads out of the repository is none.
 */
export function repositoryPaths(written: string, configPath: string): string[] {
  const ways = [pathFrom('', written), pathFrom(folderOf(configPath), written)];
  return [...new Set(ways.filter((path) => path !== null))];
}
