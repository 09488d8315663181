import { startOf, type Place } from '../problem.ts';
import type { Fact, StatedRun } from '../run/facts.ts';
import type { RunField } from '../run/fields.ts';

/** Fields whose value changes with one key of the config. */
export interface ChangedKey {
  readonly fields: readonly RunField[];
  /** Null where the key stands on one side only. */
  readonly basePlace: Place | null;
  readonly headPlace: Place | null;
}

/**
 * The keys that differ in value between two sides. Fields that one key states at the head belong together; so do those
 * that one key stated at the base and that nothing states any more. In the order of the fields' names, so that the same
 * edits come in the same order wherever they stand.
 */
export function changedKeys(base: StatedRun, head: StatedRun): ChangedKey[] {
  const keys = new Map<string, { fields: RunField[]; basePlace: Place | null; headPlace: Place | null }>();
  // Both hold no other keys
  const fields = [...new Set([...Object.keys(base.facts), ...Object.keys(head.facts)])].sort() as RunField[];
  for (const field of fields) {
    const before: Fact<unknown> | undefined = base.facts[field];
    const after: Fact<unknown> | undefined = head.facts[field];
    if (field === 'name' || isSame(before, after)) continue;
    const place = after?.place ?? before?.place ?? null;
    const id = place === null ? field : `${after === undefined ? 'base' : 'head'} ${JSON.stringify(place)}`;
    const key = keys.get(id);
    if (key === undefined) {
      keys.set(id, { fields: [field], basePlace: before?.place ?? null, headPlace: after?.place ?? null });
    } else {
      key.fields.push(field);
      key.basePlace ??= before?.place ?? null;
    }
  }
  return [...keys.values()];
}

/** Where an edit is shown. */
export function placeOf({ basePlace, headPlace }: ChangedKey, { path }: StatedRun): Place {
  return headPlace ?? basePlace ?? startOf(path);
}

function isSame(before: Fact<unknown> | undefined, after: Fact<unknown> | undefined): boolean {
  return JSON.stringify(before?.value) === JSON.stringify(after?.value);
}
