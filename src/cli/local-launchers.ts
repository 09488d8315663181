import type { Guards } from '../core/guards.ts';
import { noLaunchers, type Launchers } from '../core/launchers.ts';
import { fileOf } from '../core/recipe-path.ts';
import { findLaunchers } from '../workspace/launchers.ts';
import type { Surroundings } from './surroundings.ts';

/** The launchers of the repository that a config is in, all or those that could name it; outside of any there are none. */
export async function localLaunchers(
  { workspace, isRepository }: Surroundings,
  { policy }: Guards,
  config: string | null,
): Promise<Launchers> {
  if (!isRepository) return noLaunchers;
  const name = config === null ? '' : (fileOf(config).split('/').at(-1) ?? '');
  return findLaunchers(workspace, policy, name.replace(/\.\w+$/, ''));
}
