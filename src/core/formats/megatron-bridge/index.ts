import type { Document } from '../../document/document.ts';
import { syntaxOf } from '../../document/parse-document.ts';
import { valueAt } from '../../document/value-at.ts';
import type { Format, ReadResult } from '../format.ts';
import { readConfig } from './container.ts';
import { readPython, recipes } from './recipe.ts';
import { ConfigReader } from '../config-reader.ts';
import { nameFromPath } from '../run-name.ts';

/** Megatron-Bridge: recipes in Python, and YAML with what differs from one. */
export const megatronBridge: Format = {
  name: 'megatron-bridge',
  title: 'Megatron-Bridge',
  syntaxes: ['yaml', 'python'],
  signature: ['train_iters'],
  recognize: (document) => isOverrides(document) || recipes(document).length > 0,
  recipes,
  references: () => [],
  read,
};

function isOverrides({ path, value }: Document): boolean {
  const isTraining =
    valueAt(value, ['train', 'train_iters']) !== undefined &&
    ['global_batch_size', 'micro_batch_size'].some((key) => valueAt(value, ['train', key]) !== undefined);
  return isTraining && syntaxOf(path) === 'yaml';
}

function read(document: Document): ReadResult {
  if (!isOverrides(document)) return readPython(document);
  const config = new ConfigReader(document);
  return readConfig(config, nameFromPath(document.path));
}
