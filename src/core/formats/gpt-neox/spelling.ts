import type { Document } from '../../document/document.ts';
import type { Problem } from '../../problem.ts';

/** The config with underscores for the hyphens of its keys, which GPT-NeoX reads alike; a key in both spellings is an error. */
export function spelledAlike(document: Document): {
  document: Document;
  keys: ReadonlySet<string>;
  twice: readonly Problem[];
} {
  const { value } = document;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { document, keys: new Set(), twice: [] };
  }
  // Without a prototype, `__proto__` is a key like any other.
  const alike = Object.create(null) as Record<string, unknown>;
  const spellings = new Map<string, string>();
  const twice: Problem[] = [];
  for (const [written, content] of Object.entries(value)) {
    const key = written.replaceAll('-', '_');
    if (spellings.has(key)) {
      const message = 'GPT-NeoX reads hyphens and underscores alike, and the key is there in both spellings.';
      twice.push({
        code: 'duplicate-key',
        place: document.placeOf([written]),
        key: written,
        message,
        hint: 'Expected it once.',
      });
    }
    spellings.set(key, written);
    alike[key] = content;
  }
  const placeOf: Document['placeOf'] = ([first, ...rest]) =>
    document.placeOf(first === undefined ? [] : [spellings.get(String(first)) ?? first, ...rest]);
  return { document: { path: document.path, value: alike, placeOf }, keys: new Set(spellings.keys()), twice };
}
