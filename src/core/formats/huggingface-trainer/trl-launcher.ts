import { isRelative } from '../../compose/paths.ts';
import type { Document } from '../../document/document.ts';
import { valueAt } from '../../document/value-at.ts';
import type { Problem } from '../../problem.ts';
import { runFields } from '../../run/fields.ts';
import type { Facts } from '../../run/facts.ts';
import { accelerate } from '../accelerate/index.ts';
import { profileNamed } from '../accelerate/trl-profile.ts';
import { repositoryPaths } from '../repository-path.ts';
import { StatedFacts } from '../stated-facts.ts';

const key = 'accelerate_config';

/** The accelerate file that a recipe of `trl` names, as the paths that it may have. */
export function referencedAccelerate(document: Document): string[] {
  const written = valueAt(document.value, [key]);
  const isFile = typeof written === 'string' && written.length < 1000 && isRelative(written);
  return isFile ? repositoryPaths(written, document.placeOf([key]).path) : [];
}

/**
 * `accelerate_config:` in a recipe, a file or the name of one of trl's own, and `num_processes:` beside it: `trl` hands
 * both on to `accelerate launch` (trl docs, "Command Line Interfaces").
 */
export function readTrlLauncher(
  document: Document,
  referenced: ReadonlyMap<string, Document>,
): { readonly facts: Facts; readonly problems: readonly Problem[] } {
  const written = valueAt(document.value, [key]);
  if (typeof written !== 'string') return { facts: {}, problems: [] };
  const stated = new StatedFacts(document);
  const processes = runFields['hardware.count'].safeParse(valueAt(document.value, ['num_processes']));
  if (processes.success) stated.state('hardware.count', processes.data, ['num_processes']);
  const file = referencedAccelerate(document)
    .map((path) => referenced.get(path))
    .find((found) => found !== undefined && accelerate.recognize(found));
  const profile = profileNamed(written);
  const own = profile === null ? null : { path: document.path, value: profile, placeOf: () => document.placeOf([key]) };
  const launcher = file ?? own;
  if (launcher === null) return { facts: stated.facts, problems: [] };
  const { run, problems } = accelerate.read(launcher, referenced);
  return { facts: { ...run?.facts, ...stated.facts }, problems };
}
