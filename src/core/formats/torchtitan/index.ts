import type { Document } from '../../document/document.ts';
import type { Format, ReadResult } from '../format.ts';
import { isToml, readToml } from './toml.ts';
import { readRegistry, recipes } from './registry.ts';
import { spell } from './spell.ts';

/** Configs of torchtitan: TOML until 2026, functions of a `config_registry.py` since. */
export const torchtitan: Format = {
  name: 'torchtitan',
  title: 'torchtitan',
  syntaxes: ['toml', 'python'],
  signature: ['flavor', 'local_batch_size', 'data_parallel_shard_degree'],
  recognize: (document) => isToml(document) || recipes(document).length > 0,
  recipes,
  references: () => [],
  read,
  spell,
};

function read(document: Document): ReadResult {
  return isToml(document) ? readToml(document) : readRegistry(document);
}
