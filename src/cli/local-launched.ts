import type { Guards } from '../core/guards.ts';
import { configOf, fileOf, launcherOf } from '../core/recipe-path.ts';
import { findLaunched, type Launched } from '../workspace/launchers.ts';
import type { Surroundings } from './surroundings.ts';

/**
 * What the launchers of a repository start, all of it or what could be of one config; of a config that is asked for with
 * its launcher that run alone. Outside of any repository there is none.
 */
export async function localLaunched(
  { workspace, isRepository }: Surroundings,
  { policy }: Guards,
  config: string | null,
): Promise<Launched> {
  if (config !== null && launcherOf(config) !== null) return new Map([[configOf(config), [config]]]);
  if (!isRepository) return new Map();
  const name = config === null ? '' : (fileOf(config).split('/').at(-1) ?? '');
  return findLaunched(workspace, policy, name.replace(/\.\w+$/, ''));
}
