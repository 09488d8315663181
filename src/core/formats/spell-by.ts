import type { Writable } from '../document/document.ts';
import type { RunField } from '../run/fields.ts';
import type { Format, Spelling } from './format.ts';

/** What a dialect writes for one value: the value in its own words, or, where one key is not enough, keys with theirs. */
type Words = Writable | Readonly<Record<string, Writable>>;

/**
 * How a dialect states fields: the key, dotted where it is nested. `values` has the dialect's words for ours; a value that
 * it lacks the dialect cannot say.
 */
export type SpellingTable = Readonly<
  Partial<Record<RunField, string | { readonly key: string; readonly values: Readonly<Record<string, Words>> }>>
>;

/** The `spell` of a dialect that states each field by a key of its own. */
export function spellBy(table: SpellingTable): NonNullable<Format['spell']> {
  return (field, value) => {
    const entry = table[field];
    if (entry === undefined) return null;
    if (typeof entry === 'string') return [spelling(entry, value)];
    const words = entry.values[String(value)];
    if (words === undefined) return null;
    if (typeof words !== 'object') return [spelling(entry.key, words)];
    return Object.entries(words).map(([key, word]) => spelling(key, word));
  };
}

function spelling(key: string, value: Writable): Spelling {
  return { keys: key.split('.'), value };
}
