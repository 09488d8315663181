import type { Document, KeyPath } from '../../document/document.ts';
import { showKeys, showValue } from '../../document/show-value.ts';
import { valueAt } from '../../document/value-at.ts';
import type { Problem } from '../../problem.ts';
import { classDefaults } from './class-defaults.ts';
import { singleOf } from './single-of.ts';

/**
 * One map of a `config.json`, the file's or a part's, as its configuration class reads it: what is written, else the
 * class's default. Values that no model can have are problems, and count as left out.
 */
export class HubConfig {
  readonly keys: KeyPath;
  readonly type: string;
  readonly #document: Document;
  readonly #problems: Problem[];
  readonly #defaults: Readonly<Record<string, unknown>>;

  /** `usualType` is that of a part that names none, `type` one that takes the place of what is written. */
  constructor(
    document: Document,
    keys: KeyPath,
    problems: Problem[],
    { usualType = '', type: known }: { readonly usualType?: string; readonly type?: string } = {},
  ) {
    this.#document = document;
    this.#problems = problems;
    this.keys = keys;
    const type = valueAt(document.value, [...keys, 'model_type']);
    this.type = known ?? (typeof type === 'string' ? type : usualType);
    this.#defaults = Object.hasOwn(classDefaults, this.type) ? (classDefaults[this.type] ?? {}) : {};
  }

  /** The same map, read as another class does. */
  ofType(type: string): HubConfig {
    return new HubConfig(this.#document, this.keys, this.#problems, { type });
  }

  /** What is written, a null among it, else the class's default; null where neither says anything. */
  value(key: string): unknown {
    const written = this.written(key);
    return written === undefined ? (this.#defaults[key] ?? null) : written;
  }

  /** Undefined where the key is not there. */
  written(key: string): unknown {
    const map = valueAt(this.#document.value, this.keys);
    if (typeof map !== 'object' || map === null || !Object.hasOwn(map, key)) return undefined;
    return (map as Readonly<Record<string, unknown>>)[key];
  }

  /** The keys that are written. */
  names(): readonly string[] {
    const map = valueAt(this.#document.value, this.keys);
    return typeof map === 'object' && map !== null ? Object.keys(map) : [];
  }

  /** A value, or the one that a list through the layers has for all of them. */
  single(key: string): unknown {
    return singleOf(this.value(key));
  }

  /** A whole number from 0 on. */
  count(...names: readonly string[]): number | null {
    for (const key of names) {
      const value = this.single(key);
      if (value === null || typeof value === 'string' || typeof value === 'boolean') continue;
      if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 1e8) return value;
      if (typeof value === 'object') continue;
      this.#refuse(key, value);
    }
    return null;
  }

  flag(...names: readonly string[]): boolean | null {
    for (const key of names) {
      const value = this.value(key);
      if (typeof value === 'boolean') return value;
    }
    return null;
  }

  text(key: string): string | null {
    const value = this.value(key);
    return typeof value === 'string' && value.length <= 10_000 ? value : null;
  }

  /** The items of a list that are whole numbers; null where there is no list. */
  counts(key: string): readonly number[] | null {
    return this.#list(key)?.filter((item): item is number => Number.isInteger(item)) ?? null;
  }

  texts(key: string): readonly string[] | null {
    return this.#list(key)?.filter((item): item is string => typeof item === 'string') ?? null;
  }

  maps(key: string): readonly Readonly<Record<string, unknown>>[] | null {
    const isMap = (item: unknown): item is Record<string, unknown> => typeof item === 'object' && item !== null;
    return this.#list(key)?.filter(isMap) ?? null;
  }

  /** A part of its own, by the first of its names that there is. */
  part(names: readonly string[], usualType: string): HubConfig | null {
    const key = names.find((name) => {
      const value = this.written(name);
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    });
    return key === undefined ? null : new HubConfig(this.#document, [...this.keys, key], this.#problems, { usualType });
  }

  #list(key: string): readonly unknown[] | null {
    const value = this.value(key);
    return Array.isArray(value) && value.length > 0 && value.length <= 10_000 ? value : null;
  }

  #refuse(key: string, value: unknown): void {
    const keys = [...this.keys, key];
    if (this.#problems.some((problem) => problem.key === showKeys(keys))) return;
    const place = this.#document.placeOf(keys);
    const message = `Found ${showValue(value)}.`;
    const hint = 'Expected a whole number from 0 on.';
    this.#problems.push({ code: 'invalid-value', place, key: showKeys(keys), message, hint });
  }
}
