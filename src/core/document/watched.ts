import type { Document, KeyPath } from './document.ts';

/** A document that notes which of its values are asked for. */
export interface Watched {
  readonly document: Document;
  /** The keys of all values that nobody has asked for so far, in the order in which they stand; a list counts as one value. */
  readonly unasked: () => KeyPath[];
}

/** Watches what a reader takes from a document: whether a key is there is no question for its value. */
export function watched(document: Document): Watched {
  const asked = new Map<object, Set<PropertyKey>>();
  const views = new WeakMap<object, object>();
  const view = (value: unknown): unknown => {
    if (!isPlainMap(value)) return value;
    const known = views.get(value);
    if (known !== undefined) return known;
    const keys = new Set<PropertyKey>();
    asked.set(value, keys);
    const proxy = new Proxy(value, {
      get(map, key) {
        keys.add(key);
        return view(Reflect.get(map, key));
      },
    });
    views.set(value, proxy);
    return proxy;
  };
  return {
    document: { ...document, value: view(document.value) },
    unasked: () => unaskedIn(document.value, [], asked),
  };
}

function unaskedIn(value: unknown, keys: KeyPath, asked: ReadonlyMap<object, ReadonlySet<PropertyKey>>): KeyPath[] {
  if (!isPlainMap(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const path = [...keys, key];
    if (isPlainMap(inner)) return unaskedIn(inner, path, asked);
    return asked.get(value)?.has(key) === true ? [] : [path];
  });
}

function isPlainMap(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
