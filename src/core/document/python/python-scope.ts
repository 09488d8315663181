import type { Entry, PlacedValue } from '../document-builder.ts';
import type { PythonValues } from './python-values.ts';

/** Attributes that one name is given at most; each is copied when the name is used. */
const maxAttributes = 500;
/** And all that is copied for them in one scope, against a file that does nothing else. */
const maxCopied = 100_000;

interface Attribute {
  readonly path: readonly string[];
  readonly value: PlacedValue;
  readonly offset: number;
}

/** Names and what was assigned to them and to their attributes, in the order of the file. */
export class PythonScope {
  readonly #values: PythonValues;
  readonly #outer: PythonScope | null;
  readonly #names = new Map<string, PlacedValue>();
  readonly #attributes = new Map<string, Attribute[]>();
  #copied = 0;

  constructor(values: PythonValues, outer: PythonScope | null = null) {
    this.#values = values;
    this.#outer = outer;
  }

  names(): IterableIterator<string> {
    return this.#names.keys();
  }

  assign(name: string, value: PlacedValue): void {
    this.#names.set(name, value);
    this.#attributes.delete(name);
  }

  /** `name.a.b = value`; an attribute of what this scope doesn't hold is let be. */
  assignAttribute(name: string, path: readonly string[], value: PlacedValue, offset: number): void {
    const attributes = this.#attributes.get(name) ?? [];
    if (!this.#names.has(name) || attributes.length >= maxAttributes) return;
    attributes.push({ path, value, offset });
    this.#attributes.set(name, attributes);
  }

  get(name: string): PlacedValue | undefined {
    const attributes = this.#attributes.get(name);
    if (attributes !== undefined) this.#settle(name, attributes);
    return this.#names.get(name) ?? this.#outer?.get(name);
  }

  /** Puts the attributes into the value, once. */
  #settle(name: string, attributes: readonly Attribute[]): void {
    const before = this.#names.get(name);
    this.#attributes.delete(name);
    if (before === undefined) return;
    this.#copied += attributes.length + before.children.size;
    const offset = before.offset;
    this.#names.set(
      name,
      this.#copied > maxCopied ? this.#values.unread(offset) : this.#with(before, attributes, 0, offset),
    );
  }

  #with(before: PlacedValue | null, attributes: readonly Attribute[], depth: number, offset: number): PlacedValue {
    const whole = attributes.findLastIndex(({ path }) => path.length === depth);
    const start = whole === -1 ? before : (attributes[whole]?.value ?? null);
    const later = attributes.slice(whole + 1);
    if (later.length === 0 && start !== null) return start;
    const groups = new Map<string, Attribute[]>();
    for (const attribute of later) {
      const key = attribute.path[depth] ?? '';
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [attribute]);
      else group.push(attribute);
    }
    const entries = new Map<string, Entry>();
    if (start !== null && !Array.isArray(start.value)) {
      for (const [key, value] of start.children) entries.set(key, { key, offset: value.offset, value });
    }
    for (const [key, group] of groups) {
      const place = group.at(-1)?.offset ?? offset;
      const value = this.#with(entries.get(key)?.value ?? null, group, depth + 1, place);
      entries.set(key, { key, offset: place, value });
    }
    return this.#values.map([...entries.values()], offset);
  }
}
