import type { Document } from '../../document/document.ts';

/** Older configs write their keys as on the command line: `"--train_batch_size": 4`. */
export function withoutDashes(document: Document): Document {
  const { value } = document;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return document;
  const plain = Object.create(null) as Record<string, unknown>;
  const written = new Map<string, string>();
  for (const [key, stated] of Object.entries(value)) {
    const name = key.replace(/^--/, '');
    plain[name] = stated;
    written.set(name, key);
  }
  const placeOf: Document['placeOf'] = ([key, ...rest]) =>
    document.placeOf(key === undefined ? [] : [written.get(String(key)) ?? key, ...rest]);
  return { path: document.path, value: plain, placeOf };
}
