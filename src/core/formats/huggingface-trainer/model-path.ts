import type { Document } from '../../document/document.ts';
import { valueAt } from '../../document/value-at.ts';
import { showText } from '../../document/show-value.ts';
import type { Problem } from '../../problem.ts';
import type { Facts } from '../../run/facts.ts';
import { modelFacts } from '../huggingface-model/model-facts.ts';
import { StatedFacts } from '../stated-facts.ts';
import { isRelative, repositoryPaths } from './repository-path.ts';

const modelKey = 'model_name_or_path';

/** Files that the config names: the `config.json` of a model in a folder, and a DeepSpeed config. */
export function referencedConfigs(document: Document): string[] {
  const model = textAt(document, modelKey);
  const deepspeed = textAt(document, 'deepspeed');
  return [
    ...(model !== null && namesFolder(model) ? configsOf(model, document) : []),
    ...(deepspeed !== null && isRelative(deepspeed) ? repositoryPaths(deepspeed, document.path) : []),
  ];
}

/**
 * The facts of the model: those of its `config.json` where the repository holds it, otherwise its name, which is an
 * id of the Hub or a path elsewhere. `org/name` counts as an id: a folder is told by a leading dot or a second slash.
 */
export function readModel(
  document: Document,
  referenced: ReadonlyMap<string, Document>,
): { facts: Facts; problems: readonly Problem[] } {
  const model = textAt(document, modelKey);
  if (model === null) return { facts: {}, problems: [] };
  const candidates = namesFolder(model) ? configsOf(model, document) : [];
  if (namesFolder(model) && candidates.length === 0) return { facts: {}, problems: [outside(document, model)] };

  const config = candidates.map((path) => referenced.get(path)).find((found) => found !== undefined);
  if (config !== undefined) return modelFacts(config);
  const stated = new StatedFacts(document);
  stated.state('model.id', model, [modelKey]);
  return { facts: stated.facts, problems: [] };
}

function namesFolder(model: string): boolean {
  return isRelative(model) && (/^\.\.?(?:\/|$)/.test(model) || /\/.*\/[^/]/.test(model));
}

function configsOf(model: string, document: Document): string[] {
  return repositoryPaths(`${model}/config.json`, document.path);
}

function outside(document: Document, model: string): Problem {
  return {
    code: 'outside-repository',
    place: document.placeOf([modelKey]),
    key: modelKey,
    message: `${showText(model)} leads out of the repository, where nothing is read.`,
    hint: 'Expected an id of the Hub, or a folder of the repository that has a config.json.',
  };
}

function textAt(document: Document, key: string): string | null {
  const value = valueAt(document.value, [key]);
  return typeof value === 'string' && value !== '' ? value : null;
}
