import type { Document, KeyPath } from '../document/document.ts';
import { includeKey } from '../document/include-key.ts';
import { plainInclude, type Include } from './include.ts';
import { isMap, mapOf } from './layers.ts';
import { folderOf, pathFrom } from './paths.ts';

/** Includes of one file; a hostile one could have a hundred thousand. */
const mostTags = 50;

/** The files that stand in for values (`model: !include model.yaml`), and the config without these values. */
export function includeTags(document: Document): { includes: readonly Include[]; rest: Document } {
  const includes: Include[] = [];
  const value = without(document.value, [], document, includes);
  return { includes, rest: includes.length === 0 ? document : { ...document, value } };
}

function without(value: unknown, keys: KeyPath, document: Document, includes: Include[]): unknown {
  if (!isMap(value)) return value;
  const entries = Object.entries(value).flatMap(([key, child]): [string, unknown][] => {
    const at = [...keys, key];
    const written = isMap(child) ? child[includeKey] : undefined;
    if (typeof written !== 'string' || includes.length >= mostTags)
      return [[key, without(child, at, document, includes)]];
    const path = pathFrom(folderOf(document.path), written);
    includes.push(plainInclude(written, [path], at));
    return [];
  });
  return mapOf(entries);
}
