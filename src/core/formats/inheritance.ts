import type { Document, KeyPath } from '../document/document.ts';
import { showText } from '../document/show-value.ts';
import { valueAt } from '../document/value-at.ts';
import type { Place, Problem } from '../problem.ts';
import type { Fact, Facts } from '../run/facts.ts';
import type { ReadResult } from './format.ts';

/** The path that a config means by one relative to its own folder; null where it leads out of the repository. */
export function besideConfig(written: string, configPath: string): string | null {
  const path = configPath.split('/').slice(0, -1);
  if (/^(?:[/~\\]|[a-z]+:)|[$\0]/i.test(written)) return null;
  for (const segment of written.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') path.push(segment);
    else if (path.pop() === undefined) return null;
  }
  return path.join('/');
}

/** How a dialect names the configs that one builds on: as written, weakest first, under the key that names them. */
export interface Inheritance {
  readonly key: string;
  readonly written: (document: Document) => readonly string[];
}

/** Chains of real configs have three or four; a base that two others share is read twice. */
const maxLayers = 16;

/**
 * Reads a config merged over those that it inherits from, so that every fact keeps the chain of what it replaces. A
 * base that is missing, outside the repository or among its own heirs is a problem on the line that names it.
 */
export function readInherited(
  document: Document,
  referenced: ReadonlyMap<string, Document>,
  inheritance: Inheritance,
  read: (merged: Document) => ReadResult,
): ReadResult {
  const layers: Document[] = [];
  const problems: Problem[] = [];
  collectLayers(document, [], { referenced, inheritance, layers, problems });
  if (problems.length > 0) return { run: null, problems };
  return readLayers(layers, read);
}

/** Reads the last of some documents merged over the others, weakest first; every fact keeps the chain of what it replaces. */
export function readLayers(layers: readonly Document[], read: (merged: Document) => ReadResult): ReadResult {
  const result = read(layers.reduce(overlaid));
  if (result.run === null) return result;
  return { ...result, run: { ...result.run, facts: withOlder(result.run.facts, layers, read) } };
}

/** Each fact that a layer changes remembers what it was without that layer. */
function withOlder(facts: Facts, layers: readonly Document[], read: (merged: Document) => ReadResult): Facts {
  if (layers.length === 1) return facts;
  const below = layers.slice(0, -1);
  const older = read(below.reduce(overlaid)).run?.facts;
  if (older === undefined) return facts;
  const known = new Map(Object.entries(withOlder(older, below, read)));
  const chained = Object.entries(facts).map(([field, fact]): [string, Fact<unknown>] => {
    const before = known.get(field);
    if (before === undefined || field === 'training.trainer') return [field, fact];
    const isSame = isSamePlace(before.place, fact.place) && String(before.value) === String(fact.value);
    return [field, isSame ? before : { ...fact, replaces: before }];
  });
  // Each value is still that of its own field.
  return Object.fromEntries(chained);
}

function isSamePlace(a: Place | null, b: Place | null): boolean {
  return a?.path === b?.path && a?.line === b?.line && a?.column === b?.column;
}

interface Collection {
  readonly referenced: ReadonlyMap<string, Document>;
  readonly inheritance: Inheritance;
  readonly layers: Document[];
  readonly problems: Problem[];
}

function collectLayers(document: Document, heirs: readonly string[], collection: Collection): void {
  const { referenced, inheritance, layers, problems } = collection;
  const chain = [...heirs, document.path];
  for (const written of inheritance.written(document)) {
    const path = besideConfig(written, document.path);
    const base = path === null ? undefined : referenced.get(path);
    const wrong = whyNot(written, path, chain) ?? (base === undefined ? missing(written, chain) : null);
    if (wrong !== null) problems.push({ place: document.placeOf([inheritance.key]), key: inheritance.key, ...wrong });
    if (problems.length > 0 || base === undefined) return;
    collectLayers(base, chain, collection);
    if (problems.length > 0) return;
    if (layers.length <= maxLayers) continue;
    problems.push({ place: document.placeOf([inheritance.key]), key: inheritance.key, ...tooMany(chain) });
    return;
  }
  layers.push(document);
}

type Wrong = Pick<Problem, 'code' | 'message' | 'hint'>;

function whyNot(written: string, path: string | null, chain: readonly string[]): Wrong | null {
  if (path === null) {
    const message = `${showText(written)} leads out of the repository, where nothing is read (${shown(chain)}).`;
    return { code: 'outside-repository', message, hint: 'Expected a file of the repository.' };
  }
  if (!chain.includes(path) && chain.length <= maxLayers) return null;
  const message = `The config inherits from itself: ${shown([...chain, path])}.`;
  return { code: 'include-cycle', message, hint: 'Expected a chain of configs that ends.' };
}

function missing(written: string, chain: readonly string[]): Wrong {
  const message = `${showText(written)} cannot be read (${shown(chain)}).`;
  return {
    code: 'missing-include',
    message,
    hint: 'Expected a file of the repository, relative to the one that names it.',
  };
}

function tooMany(chain: readonly string[]): Wrong {
  const message = `The config is merged of more than ${maxLayers} files (${shown(chain)}).`;
  return { code: 'too-many-includes', message, hint: 'Expected fewer bases.' };
}

function shown(chain: readonly string[]): string {
  return chain.map((path) => showText(path)).join(' → ');
}

/** One config over another: maps are merged key by key, anything else is replaced. */
function overlaid(base: Document, over: Document): Document {
  return {
    path: over.path,
    value: mergeValues(base.value, over.value),
    placeOf: (keys) => (states(over, keys) || !states(base, keys) ? over.placeOf(keys) : base.placeOf(keys)),
  };
}

function states(document: Document, keys: KeyPath): boolean {
  return valueAt(document.value, keys) !== undefined;
}

function mergeValues(base: unknown, over: unknown): unknown {
  if (!isMap(base) || !isMap(over)) return over;
  // Without a prototype, `__proto__` is a key like any other.
  const merged = Object.assign(Object.create(null), base) as Record<string, unknown>;
  for (const [key, value] of Object.entries(over))
    merged[key] = Object.hasOwn(base, key) ? mergeValues(base[key], value) : value;
  return merged;
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
