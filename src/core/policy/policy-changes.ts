import type { Document, KeyPath } from '../document/document.ts';
import { parseStrictDocument } from '../document/parse-document.ts';
import { showKeys } from '../document/show-value.ts';
import type { GuardChange } from '../plan/plan-changes.ts';
import { startOf } from '../problem.ts';

/** Keys that are compared at most; a hostile file could have a hundred thousand. */
const mostKeys = 5000;

/** What a policy says otherwise than before, key by key in the order of the file; null for one that is not there. */
export function policyChanges(path: string, before: string | null, after: string | null): readonly GuardChange[] {
  if (before === after) return [];
  const [old, now] = [before, after].map((text) => (text === null ? null : parseStrictDocument(path, text).document));
  if (before === null) return [{ place: startOf(path), what: 'a policy where there was none' }];
  if (after === null) return [{ place: startOf(path), what: 'no policy: the defaults would hold' }];
  if (old == null || now == null) return [];
  const [was, is] = [valuesOf(old), valuesOf(now)];
  return [...new Set([...is.keys(), ...was.keys()])].flatMap((key): GuardChange[] => {
    const [one, other] = [was.get(key), is.get(key)];
    if (one?.shown === other?.shown) return [];
    const place = other === undefined ? startOf(path) : now.placeOf(other.keys);
    return [{ place, what: `${key}: ${one?.shown ?? 'not set'} → ${other?.shown ?? 'not set'}` }];
  });
}

interface Value {
  readonly keys: KeyPath;
  readonly shown: string;
}

/** Every value by its keys; a list of plain values is one. */
function valuesOf(document: Document): ReadonlyMap<string, Value> {
  const found = new Map<string, Value>();
  const visit = (value: unknown, keys: KeyPath): void => {
    if (found.size >= mostKeys) return;
    const isPlainList = Array.isArray(value) && value.every((item) => typeof item !== 'object' || item === null);
    if (typeof value === 'object' && value !== null && !isPlainList) {
      const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
      for (const [key, inner] of entries) visit(inner, [...keys, key]);
      return;
    }
    const shown = isPlainList ? value.map(String).join(', ') || 'none' : String(value);
    found.set(showKeys(keys), { keys, shown: shortened(shown) });
  };
  visit(document.value, []);
  return found;
}

function shortened(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
