import type { Document } from '../document/document.ts';
import { functionsKey } from '../document/parse-python.ts';
import { callKey, nameKey, unreadKey } from '../document/python/python-values.ts';
import { valueAt } from '../document/value-at.ts';
import type { Problem } from '../problem.ts';
import { startOf } from '../problem.ts';
import { ConfigReader } from './config-reader.ts';
import type { ReadResult } from './format.ts';

/** The functions of a Python file that return a config of a framework, by name. */
export function recipesIn({ value }: Document, isConfig: (returned: unknown) => boolean): string[] {
  const functions = valueAt(value, [functionsKey]);
  if (typeof functions !== 'object' || functions === null) return [];
  return Object.entries(functions).flatMap(([name, returned]) => (isConfig(returned) ? [name] : []));
}

/** Reads the one recipe that a file has, by `read`; which of several is meant can't be known. */
export function readRecipe(
  document: Document,
  names: readonly string[],
  read: (config: ConfigReader, name: string) => ReadResult,
): ReadResult {
  const [name] = names;
  if (name === undefined) return { run: null, problems: [] };
  if (names.length > 1) return { run: null, problems: [severalRecipes(document, names)] };
  return read(new ConfigReader(recipeDocument(document, name)), name);
}

/** What a value calls: `Trainer.Config(…)` is `Trainer.Config`. */
export function calledName(value: unknown): string | null {
  const name = valueAt(value, [callKey]);
  return typeof name === 'string' ? name : null;
}

/**
 * What a function returns, as a document of its own: maps, lists and literals, names of other modules as text, and
 * without what is not read. A call is the map of its keywords.
 */
function recipeDocument(document: Document, name: string): Document {
  return {
    path: document.path,
    value: withoutMarks(valueAt(document.value, [functionsKey, name])),
    placeOf: (keys) => document.placeOf([functionsKey, name, ...keys]),
  };
}

export function withoutMarks(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return (value as unknown[]).map(withoutMarks);
  if (Object.hasOwn(value, nameKey)) return (value as Record<string, unknown>)[nameKey];
  const plain = Object.create(null) as Record<string, unknown>;
  for (const [key, stated] of Object.entries(value as Record<string, unknown>)) {
    const isUnread = typeof stated === 'object' && stated !== null && Object.hasOwn(stated, unreadKey);
    if (!isUnread) plain[key] = withoutMarks(stated);
  }
  return plain;
}

function severalRecipes(document: Document, names: readonly string[]): Problem {
  const [first = ''] = names;
  return {
    code: 'several-recipes',
    place: startOf(document.path),
    key: null,
    message: `The file has ${names.length} recipes: ${names.slice(0, 5).join(', ')}${names.length > 5 ? ' …' : ''}.`,
    hint: `Name one, as in ${document.path}::${first}.`,
  };
}
