import { z } from 'zod';
import type { Document, KeyPath } from '../document/document.ts';
import { readWithSchema } from '../document/read-with-schema.ts';
import { showKeys, showValue } from '../document/show-value.ts';
import { valueAt } from '../document/value-at.ts';
import { startOf, type Problem } from '../problem.ts';
import type { Facts } from '../run/facts.ts';
import { runFields, type RunField, type RunValues } from '../run/fields.ts';
import { mergeFacts } from '../run/merge-facts.ts';
import { optimizerNamed } from '../run/optimizer-names.ts';
import type { ReadResult } from './format.ts';
import { StatedFacts } from './stated-facts.ts';

/**
 * Reads the keys of a config one at a time into facts. Keys are dotted. What is null, or one of the words and numbers
 * by which configs leave a value open (`auto`, `none`, `???`, -1, an interpolation that nothing resolves), is
 * not stated; a value of the wrong type or beyond its bounds is a problem on its line.
 */
export class ConfigReader {
  readonly document: Document;
  readonly problems: Problem[] = [];
  readonly #stated: StatedFacts;

  constructor(document: Document) {
    this.document = document;
    this.#stated = new StatedFacts(document);
  }

  /** The value of a key; undefined where it is not stated. */
  value(key: string): unknown {
    const value = valueAt(this.document.value, key.split('.'));
    return isLeftOpen(value) ? undefined : value;
  }

  /** The first of the keys that is stated. */
  first(...keys: readonly string[]): string | null {
    return keys.find((key) => this.value(key) !== undefined) ?? null;
  }

  text(key: string): string | null {
    return this.#read(z.string(), key);
  }

  number(key: string): number | null {
    return this.#read(z.number(), key);
  }

  flag(key: string): boolean | null {
    return this.#read(
      z.preprocess((value) => spokenFlags.get(value) ?? value, z.boolean()),
      key,
    );
  }

  /** What a word of the framework means; letter case makes no difference. A word that is not in the table is a problem. */
  choice<Value>(key: string, meanings: Readonly<Record<string, Value>>): Value | null {
    const word = this.value(key);
    if (word === undefined) return null;
    const known = Object.keys(meanings).find((meaning) => meaning.toLowerCase() === wordOf(word));
    if (known !== undefined) return meanings[known] ?? null;
    this.refuse(
      key,
      'unknown-value',
      `Found ${showValue(word)}.`,
      `Expected one of ${Object.keys(meanings).join(', ')}.`,
    );
    return null;
  }

  /** The first of the keys that is stated, as the field. */
  state(field: RunField, ...keys: readonly string[]): void {
    const key = this.first(...keys);
    if (key === null) return;
    const value = this.#read(runFields[field], key);
    // The schema is that of the field.
    this.stateAs(field, key, value);
  }

  /** As {@link state}, where 0 means "off" or "as many as are left". */
  stateSize(field: RunField, ...keys: readonly string[]): void {
    const key = this.first(...keys);
    if (key !== null && this.value(key) !== 0) this.state(field, key);
  }

  /** A value that was worked out from the key. */
  stateAs<Field extends RunField>(field: Field, key: string, value: RunValues[Field] | null): void {
    if (value === null) return;
    const { success } = runFields[field].safeParse(value);
    if (success) this.#stated.state(field, value, key.split('.'));
    else this.refuse(key, 'out-of-range', `This makes ${field} ${showValue(value)}.`, null);
  }

  stateChoice<Field extends RunField>(
    field: Field,
    key: string,
    meanings: Readonly<Record<string, RunValues[Field] | null>>,
  ): void {
    this.stateAs(field, key, this.choice(key, meanings));
  }

  /** The optimizer by its name, or by the last part of a Python path; `own` are the framework's names. */
  stateOptimizer(key: string, own: Readonly<Record<string, RunValues['training.optimizer']>> = {}): void {
    const written = this.text(key);
    if (written === null) return;
    const name = written.split('.').at(-1)?.toLowerCase() ?? '';
    const names = { ...classNames, ...own };
    const optimizer = (Object.hasOwn(names, name) ? names[name] : undefined) ?? optimizerNamed(name);
    this.stateAs('training.optimizer', key, optimizer ?? 'unknown');
  }

  /** The product of whole numbers, stated at the first key of the config's own; nothing where one is not stated. */
  stateProduct(field: 'hardware.count' | 'training.global_batch_size', ...keys: readonly string[]): void {
    const factors = keys.map((key) => this.number(key));
    if (factors.some((factor) => factor === null || factor < 1)) return;
    const product = factors.reduce<number>((total, factor) => total * (factor ?? 1), 1);
    const own = keys.find((key) => this.document.placeOf(key.split('.')).path === this.document.path);
    this.stateAs(field, own ?? keys[0] ?? '', product);
  }

  imply<Field extends RunField>(field: Field, value: RunValues[Field]): void {
    this.#stated.imply(field, value);
  }

  /** What the config does not say in so many words, with the reason, which is listed with it. */
  infer<Field extends RunField>(field: Field, key: string, value: RunValues[Field], reason: string): void {
    this.#stated.infer(field, value, reason, key.split('.'));
  }

  states(field: RunField): boolean {
    return this.#stated.facts[field] !== undefined;
  }

  /** What was stated of a field so far. */
  stated<Field extends RunField>(field: Field): RunValues[Field] | null {
    return this.#stated.facts[field]?.value ?? null;
  }

  refuse(key: string, code: string, message: string, hint: string | null): void {
    const keys = key.split('.');
    this.#report({ code, place: this.document.placeOf(keys), key: showKeys(keys), message, hint });
  }

  /**
   * The run of everything that was stated, over what others state of it, or the problems. The trainer is stated by the
   * file as a whole; null where it says nothing of it.
   */
  result({
    dialect,
    trainer,
    name,
    weaker = {},
  }: {
    dialect: string;
    trainer: string | null;
    name: string;
    weaker?: Facts;
  }): ReadResult {
    if (this.problems.length > 0) return { run: null, problems: this.problems.toSorted(byPlace) };
    const { path } = this.document;
    const facts = {
      ...(trainer === null
        ? {}
        : { 'training.trainer': { value: trainer, authority: 'config', place: startOf(path) } as const }),
      ...mergeFacts(this.#stated.facts, weaker),
    };
    return { run: { path, dialect, name, facts }, problems: [] };
  }

  /** A key that is read for several facts is reported once. */
  #report(problem: Problem): void {
    if (!this.problems.some(({ key }) => key === problem.key)) this.problems.push(problem);
  }

  #read<T extends z.ZodType>(schema: T, key: string): z.output<T> | null {
    const value = this.value(key);
    if (value === undefined) return null;
    const keys: KeyPath = key.split('.');
    const leaf: Document = {
      path: this.document.path,
      value: asNumber(value),
      placeOf: () => this.document.placeOf(keys),
    };
    const result = readWithSchema(leaf, schema);
    for (const problem of result.problems) this.#report({ ...problem, key: showKeys(keys) });
    return result.value;
  }
}

function byPlace({ place: a }: Problem, { place: b }: Problem): number {
  return a.line - b.line || a.column - b.column;
}

/** Classes of Apex, Transformer Engine and FlashOptim (whose states have 8 bits). */
const classNames: Readonly<Record<string, RunValues['training.optimizer']>> = {
  fusedadam: 'adamw',
  flashadamw: 'adamw-8bit',
};

const openWords: ReadonlySet<unknown> = new Set([null, undefined, -1, '', '-1', 'auto', 'none', 'None', 'null', '???']);

function isLeftOpen(value: unknown): boolean {
  return openWords.has(value) || (typeof value === 'string' && /\$\{|^<.*>$/.test(value));
}

/** YAML 1.1, which most loaders read, has these booleans. */
const spokenFlags = new Map<unknown, boolean>([
  ['yes', true],
  ['on', true],
  ['no', false],
  ['off', false],
]);

/** YAML 1.1 also writes `100_000`, which is text in YAML 1.2. */
function asNumber(value: unknown): unknown {
  return typeof value === 'string' && /^\d+(?:_\d+)+$/.test(value) ? Number(value.replaceAll('_', '')) : value;
}

function wordOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value).toLowerCase()
    : '';
}
