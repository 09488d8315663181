import type { Document, KeyPath } from '../document/document.ts';
import { valueAt } from '../document/value-at.ts';

/** In a layer: the key is taken out of the layers below, as Hydra's `~key` does. */
export const deleted = Symbol('deleted');

/** One config over another: maps are merged key by key, anything else is replaced. */
export function overlaid(base: Document, over: Document): Document {
  return {
    path: over.path,
    value: mergeValues(base.value, over.value),
    placeOf: (keys) => (decides(over.value, keys) || !decides(base.value, keys) ? over : base).placeOf(keys),
  };
}

/** The config as one that stands at `keys` of another, as the files of a Hydra group do. */
export function placedUnder(document: Document, keys: KeyPath): Document {
  if (keys.length === 0) return document;
  return {
    path: document.path,
    value: keys.reduceRight<unknown>((value, key) => mapOf([[String(key), value]]), document.value),
    placeOf: (path) => document.placeOf(path.slice(keys.length)),
  };
}

/** A layer without the plain values that stand where the config below has a map: they choose it by its name. */
export function withoutNames(over: Document, base: unknown): Document {
  return { ...over, value: withoutNamesIn(over.value, base) };
}

function withoutNamesIn(over: unknown, base: unknown): unknown {
  if (!isMap(over) || !isMap(base)) return over;
  const entries = Object.entries(over).flatMap(([key, value]): [string, unknown][] => {
    const below = Object.hasOwn(base, key) ? base[key] : undefined;
    if (isMap(below) && !isMap(value) && value !== deleted) return [];
    return [[key, withoutNamesIn(value, below)]];
  });
  return mapOf(entries);
}

/** A map without a prototype, so that `__proto__` is a key like any other. */
export function mapOf(entries: Iterable<readonly [string, unknown]>): Record<string, unknown> {
  const map = Object.create(null) as Record<string, unknown>;
  for (const [key, value] of entries) map[key] = value;
  return map;
}

export function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a layer says what stands at these keys, be it that something else stands at one of them. */
function decides(root: unknown, keys: KeyPath): boolean {
  let value = root;
  for (const key of keys) {
    if (!isMap(value)) return value !== undefined;
    if (!Object.hasOwn(value, key)) return false;
    value = valueAt(value, [key]);
  }
  return value !== undefined;
}

function mergeValues(base: unknown, over: unknown): unknown {
  if (!isMap(over)) return over;
  // mmengine: `_delete_=True` in a map replaces that of the base.
  const isReplacing = over['_delete_'] === true;
  const below = isMap(base) && !isReplacing ? base : mapOf([]);
  if (Object.keys(below).length === 0 && !isReplacing && !hasDeleted(over)) return over;
  const merged = mapOf(Object.entries(below));
  for (const [key, value] of Object.entries(over)) {
    if (isReplacing && key === '_delete_') continue;
    if (value === deleted) Reflect.deleteProperty(merged, key);
    else merged[key] = isMap(value) ? mergeValues(merged[key], value) : value;
  }
  return merged;
}

function hasDeleted(map: Record<string, unknown>): boolean {
  return Object.values(map).some((value) => value === deleted || (isMap(value) && hasDeleted(value)));
}
