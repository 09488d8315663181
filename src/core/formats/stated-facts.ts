import type { Document, KeyPath } from '../document/document.ts';
import { showKeys, showText } from '../document/show-value.ts';
import { valueAt } from '../document/value-at.ts';
import type { Fact, Facts } from '../run/facts.ts';
import type { RunField, RunValues } from '../run/fields.ts';

/** Collects the facts of one document, each with the place of the key that states it. */
export class StatedFacts {
  readonly #document: Document;
  readonly #facts: Partial<Record<RunField, Fact<unknown>>> = {};

  constructor(document: Document) {
    this.#document = document;
  }

  /** What the key says; null and undefined say nothing. */
  state<Field extends RunField>(field: Field, value: RunValues[Field] | null | undefined, keys: KeyPath): void {
    if (value === null || value === undefined) return;
    const place = this.#document.placeOf(keys);
    this.#facts[field] =
      value === 'unknown' && isOpen(field)
        ? { value, authority: 'default', place, reason: notKnown(valueAt(this.#document.value, keys), keys) }
        : { value, authority: 'config', place };
  }

  /** What another reader found, in its own words and places; null where it found nothing. */
  adopt<Field extends RunField>(field: Field, fact: Fact<RunValues[Field]> | null): void {
    if (fact !== null) this.#facts[field] = fact;
  }

  /** What the framework takes where the config says nothing; it never replaces what the config says. */
  imply<Field extends RunField>(field: Field, value: RunValues[Field]): void {
    this.#facts[field] ??= { value, authority: 'default', place: null };
  }

  /**
   * What a reader concludes where the config does not say it, or not in words that are known; never silently, so the
   * reason is listed with it. `keys` are those that it was concluded from.
   */
  infer<Field extends RunField>(field: Field, value: RunValues[Field], reason: string, keys?: KeyPath): void {
    const place = keys === undefined ? null : this.#document.placeOf(keys);
    this.#facts[field] ??= { value, authority: 'default', place, reason };
  }

  get facts(): Facts {
    // Each value went in under the type of its own field.
    return this.#facts as Facts;
  }
}

/** Fields that may be stated in words which nobody knows, and are a range then. */
const openFields: ReadonlySet<RunField> = new Set([
  'training.method',
  'training.optimizer',
  'training.activation_checkpointing',
]);

function isOpen(field: RunField): boolean {
  return openFields.has(field);
}

function notKnown(written: unknown, keys: KeyPath): string {
  const key = showKeys(keys);
  return typeof written === 'string' ? `${key}: ${showText(written)} is not known` : `${key} is not understood`;
}
