import type { Document, KeyPath } from '../document/document.ts';
import { showKeys, showText } from '../document/show-value.ts';
import { valueAt } from '../document/value-at.ts';
import type { Problem } from '../problem.ts';
import type { Facts } from '../run/facts.ts';
import { huggingfaceModel } from './huggingface-model/index.ts';
import { modelFacts } from './huggingface-model/model-facts.ts';
import { isRelative } from '../compose/paths.ts';
import { repositoryPaths } from './repository-path.ts';
import { StatedFacts } from './stated-facts.ts';
import { withoutEnd } from '../without-end.ts';

/** The paths that the `config.json` of the model named at `keys` may have in the repository. */
export function referencedModel(document: Document, keys: KeyPath): string[] {
  const model = textAt(document, keys);
  if (model === null) return [];
  const { path } = document.placeOf(keys);
  if (namesFolder(model)) return configsOf(model, path);
  return isId(model) ? [`models/${model}`, model].flatMap((folder) => configsOf(folder, path)) : [];
}

/**
 * The facts of the model named at `keys`: those of its `config.json` where the repository holds it, otherwise its name,
 * which is an id of the Hub or a path elsewhere. `org/name` counts as an id, whose config the repository may hold under
 * `models/org/name` or `org/name`: a folder is told by a leading dot or a second slash.
 */
export function readModel(
  document: Document,
  keys: KeyPath,
  referenced: ReadonlyMap<string, Document>,
): { facts: Facts; problems: readonly Problem[] } {
  const model = textAt(document, keys);
  if (model === null) return { facts: {}, problems: [] };
  const candidates = referencedModel(document, keys);
  if (namesFolder(model) && candidates.length === 0) return { facts: {}, problems: [outside(document, keys, model)] };

  const config = candidates.map((path) => referenced.get(path)).find((found) => found !== undefined);
  if (config !== undefined && (namesFolder(model) || huggingfaceModel.recognize(config))) return modelFacts(config);
  const stated = new StatedFacts(document);
  stated.state('model.id', model, keys);
  return { facts: stated.facts, problems: [] };
}

function namesFolder(model: string): boolean {
  return isRelative(model) && (/^\.\.?(?:\/|$)/.test(model) || withoutEnd(model, '/').split('/').length > 2);
}

/** `org/name`, as the Hub has it. */
function isId(model: string): boolean {
  return /^[\w-][\w.-]{0,95}\/[\w-][\w.-]{0,95}$/.test(model);
}

function configsOf(model: string, path: string): string[] {
  return repositoryPaths(`${model}/config.json`, path);
}

function outside(document: Document, keys: KeyPath, model: string): Problem {
  return {
    code: 'outside-repository',
    place: document.placeOf(keys),
    key: showKeys(keys),
    message: `${showText(model)} leads out of the repository, where nothing is read.`,
    hint: 'Expected an id of the Hub, or a folder of the repository that has a config.json.',
  };
}

/** A value that a template or an interpolation leaves open names nothing. */
function textAt(document: Document, keys: KeyPath): string | null {
  const value = valueAt(document.value, keys);
  return typeof value === 'string' && value !== '' && !/[${}<>]|^\?\?\?$/.test(value) ? value : null;
}
