import type { z } from 'zod';
import type { Problem } from '../problem.ts';
import type { Document, KeyPath } from './document.ts';
import { explainIssue } from './explain-issue.ts';
import { showKeys } from './show-value.ts';
import { valueAt } from './value-at.ts';

/** Problems that one reading reports at most; a hostile file could have a hundred thousand. */
const mostProblems = 50;

/**
 * Validates the value at `keys` (by default the whole document) and returns it as the schema's output, or null with
 * every problem at its place: the key, what was found, what was expected. An unknown key of a strict object is a
 * problem of its own, with the key that was probably meant. The message of a `custom` issue says what was expected.
 */
export function readWithSchema<T extends z.ZodType>(
  document: Document,
  schema: T,
  keys: KeyPath = [],
): { value: z.output<T> | null; problems: readonly Problem[] } {
  const root = valueAt(document.value, keys);
  const result = schema.safeParse(root);
  if (result.success) return { value: result.data, problems: [] };

  return { value: null, problems: explain(result.error.issues, { document, schema, keys, root }) };
}

interface Reading {
  readonly document: Document;
  readonly schema: z.ZodType;
  readonly keys: KeyPath;
  readonly root: unknown;
}

/** One problem a value, the last and most particular one, in the order in which they stand in the file. */
function explain(issues: readonly z.core.$ZodIssue[], { document, schema, keys, root }: Reading): Problem[] {
  const problems = new Map<string, Problem>();
  for (const issue of issues) {
    for (const { code, path, message, hint } of explainIssue(issue, schema, root)) {
      if (problems.size === mostProblems) break;
      const at = [...keys, ...path];
      const key = at.length === 0 ? null : showKeys(at);
      problems.set(JSON.stringify(at), { code, place: document.placeOf(at), key, message, hint });
    }
  }
  return [...problems.values()].sort((a, b) => a.place.line - b.place.line || a.place.column - b.place.column);
}
