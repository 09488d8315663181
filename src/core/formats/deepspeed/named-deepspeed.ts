import type { Document, KeyPath } from '../../document/document.ts';
import { showText } from '../../document/show-value.ts';
import { valueAt } from '../../document/value-at.ts';
import type { Problem } from '../../problem.ts';
import type { Facts } from '../../run/facts.ts';
import { isRelative } from '../../compose/paths.ts';
import { repositoryPaths } from '../repository-path.ts';
import { StatedFacts } from '../stated-facts.ts';
import { deepspeedFacts } from './deepspeed-facts.ts';

/** The paths that the DeepSpeed config named at `keys` may have in the repository. */
export function referencedDeepSpeed(document: Document, keys: KeyPath): string[] {
  const written = valueAt(document.value, keys);
  return typeof written === 'string' && isRelative(written)
    ? repositoryPaths(written, document.placeOf(keys).path)
    : [];
}

/**
 * The facts of the DeepSpeed config that a recipe holds or names at `keys`. Of a file that the repository doesn't have
 * only the name is known, which by custom tells the stage (`zero3_bf16.json`, `ds_z2_config.json`).
 */
export function readNamedDeepSpeed(
  document: Document,
  keys: KeyPath,
  referenced: ReadonlyMap<string, Document>,
): { facts: Facts; problems: readonly Problem[] } {
  const written = valueAt(document.value, keys);
  const isHeld = typeof written === 'object' && written !== null;
  if (!isHeld && (typeof written !== 'string' || written === '')) return { facts: {}, problems: [] };
  const stated = new StatedFacts(document);
  stated.state('parallelism.sharding_engine', 'deepspeed', keys);
  const { facts, problems } = isHeld ? deepspeedFacts(document, keys) : readFile(document, keys, written, referenced);
  return { facts: { ...stated.facts, ...facts }, problems };
}

function readFile(
  document: Document,
  keys: KeyPath,
  name: string,
  referenced: ReadonlyMap<string, Document>,
): { facts: Facts; problems: readonly Problem[] } {
  const named = referencedDeepSpeed(document, keys)
    .map((path) => referenced.get(path))
    .find((found) => found !== undefined);
  if (named !== undefined) return deepspeedFacts(named, []);
  const stated = new StatedFacts(document);
  const stage = /(?:z(?:ero)?[_-]?(?:stage)?|stage)[_-]?([123])(?![0-9])[^/]*$/i.exec(name.slice(-200))?.[1];
  if (stage !== undefined) stated.imply('parallelism.sharding', `zero${stage}` as 'zero1' | 'zero2' | 'zero3');
  const offloads = /(?:^|[_-])offload[^/]*$/i.test(name) && !/(?:no|without)[_-]?offload/i.test(name);
  if (stage !== undefined && offloads) {
    const reason = `told by the name ${showText(name)}; the file is not in the repository`;
    stated.infer('parallelism.cpu_offload', stage === '3' ? 'parameters' : 'optimizer', reason, keys);
  }
  return { facts: stated.facts, problems: [] };
}
