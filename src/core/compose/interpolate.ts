import { documentLimits, type Document, type KeyPath } from '../document/document.ts';
import { showKeys } from '../document/show-value.ts';
import { valueAt } from '../document/value-at.ts';
import type { Problem } from '../problem.ts';
import { calculate } from './calculate.ts';
import { isMap, mapOf } from './layers.ts';

/** Text that one value may become, and the references of one document: text of a fork could double with every one. */
const most = { characters: 10_000, references: 20_000 };

/**
 * The document with its references to other keys resolved as OmegaConf does ("Variable interpolation"): `${a.b}` from
 * the root, `${.b}` from the value's own map, `${..b}` from the one above, `oc.select`, `oc.env` with a default, and the
 * arithmetic that frameworks register. A config of a Hydra group may stand under the group's name: `${training.model.x}`
 * is `model.x` of this file. What can't be resolved stays the text that it is. The place of a value that is one
 * reference is where the value that it means is written.
 */
export function interpolate(document: Document): { document: Document; problems: readonly Problem[] } {
  const resolver = new Resolver(document);
  const value = resolver.resolve(document.value, []);
  if (value === document.value) return { document, problems: resolver.problems };
  const placeOf = (keys: KeyPath) => document.placeOf(resolver.sourceOf(keys));
  return { document: { path: document.path, value, placeOf }, problems: resolver.problems };
}

/** The innermost reference. */
const reference = /\$\{([^${}]{0,500})\}/;

class Resolver {
  readonly problems: Problem[] = [];
  readonly #document: Document;
  /** Values of keys that were resolved, and, of those that are one reference, the keys that it names. */
  readonly #known = new Map<string, unknown>();
  readonly #links = new Map<string, KeyPath>();
  readonly #open: KeyPath[] = [];
  #references = 0;
  #values = 0;

  constructor(document: Document) {
    this.#document = document;
  }

  /** The value with everything in it resolved; itself where there was nothing to resolve. */
  resolve(value: unknown, keys: KeyPath): unknown {
    if (typeof value === 'string') return value.includes('${') ? this.#textAt(value, keys) : value;
    if (typeof value !== 'object' || value === null || keys.length > documentLimits.maxDepth) return value;
    if (Array.isArray(value)) {
      const items = (value as unknown[]).map((item, index) => this.resolve(item, [...keys, index]));
      return items.some((item, index) => item !== value[index]) ? items : value;
    }
    const entries = Object.entries(value).map(([key, item]) => [key, this.resolve(item, [...keys, key])] as const);
    return entries.some(([key, item]) => item !== valueAt(value, [key])) ? mapOf(entries) : value;
  }

  /** The keys at which the value at these keys is written. */
  sourceOf(keys: KeyPath): KeyPath {
    let source = keys;
    for (let step = 0; step < most.references; step += 1) {
      const length = [...source.keys(), source.length].find((end) => this.#links.has(nameOf(source.slice(0, end))));
      const link = length === undefined ? undefined : this.#links.get(nameOf(source.slice(0, length)));
      if (link === undefined) return source;
      source = [...link, ...source.slice(length)];
    }
    return source;
  }

  #textAt(text: string, keys: KeyPath): unknown {
    const name = nameOf(keys);
    if (this.#known.has(name)) return this.#known.get(name);
    this.#open.push(keys);
    const value = this.#replace(text, keys);
    this.#open.pop();
    this.#known.set(name, value);
    return value;
  }

  #replace(written: string, keys: KeyPath): unknown {
    let text = written;
    for (let found = reference.exec(text); found !== null; found = reference.exec(text)) {
      this.#references += 1;
      if (this.#references > most.references || text.length > most.characters) return written;
      const isWhole = found[0] === text;
      const value = this.#evaluate(found[1] ?? '', keys, isWhole && found[0] === written);
      if (value === undefined || (typeof value === 'string' && value.includes('${'))) return written;
      if (isWhole) return value;
      if (!isPlain(value)) return written;
      text = text.slice(0, found.index) + String(value) + text.slice(found.index + found[0].length);
    }
    return text;
  }

  #evaluate(expression: string, keys: KeyPath, isAlone: boolean): unknown {
    const [resolver, list] = splitOnce(expression, ':');
    if (list === null) return this.#target(resolver.trim(), keys, isAlone);
    const [first = '', ...rest] = list.split(',').map((part) => part.trim());
    const fallback = rest.length === 0 ? undefined : readScalar(rest.join(','));
    if (resolver === 'oc.select') return this.#target(first, keys, isAlone) ?? fallback;
    if (resolver === 'oc.env' || resolver === 'env') return fallback;
    if (resolver === 'oc.decode' || resolver === 'oc.create') return readScalar(list.trim());
    if (resolver === 'oc.deprecated') return this.#target(first, keys, isAlone);
    return calculate(resolver, [first, ...rest]);
  }

  /** The value that a reference means; undefined where there is none. */
  #target(path: string, keys: KeyPath, isAlone: boolean): unknown {
    const up = /^\.*/.exec(path)?.[0].length ?? 0;
    const names = path
      .slice(up)
      .replace(/\[['"]?([^[\]'"]*)['"]?\]/g, '.$1')
      .split('.')
      .filter((name) => name !== '');
    if (up > keys.length || names.length === 0) return undefined;
    if (up > 0) return this.#at([...keys.slice(0, keys.length - up), ...names], keys, isAlone);
    const exact = this.#at(names, keys, isAlone);
    if (exact !== undefined) return exact;
    // A file of a group, read on its own, has not the group's name above its keys.
    const own = names.length < 2 ? keys : names.slice(1);
    const found = nameOf(own) === nameOf(keys) ? undefined : this.#at(own, keys, isAlone);
    // A whole config may stand under one key of another, as in a MosaicML run.
    return found ?? (keys[0] === undefined ? undefined : this.#at([keys[0], ...names], keys, isAlone));
  }

  #at(target: KeyPath, keys: KeyPath, isAlone: boolean): unknown {
    if (this.#values > documentLimits.maxNodes || this.#open.length > documentLimits.maxDepth) return undefined;
    const source = this.#followed(target);
    const value = valueAt(this.#document.value, source);
    // A map in the middle of a text has no meaning.
    if (value === undefined || (!isAlone && typeof value === 'object' && value !== null)) return undefined;
    if (this.#open.some((open) => isWithin(open, source) || isWithin(source, open))) {
      this.#reportCycle(source);
      return undefined;
    }
    const resolved = this.resolve(value, source);
    if (isAlone) {
      this.#values += typeof resolved === 'object' ? sizeOf(resolved) : 0;
      if (this.#values > documentLimits.maxNodes) return undefined;
      this.#links.set(nameOf(keys), source);
    }
    return resolved;
  }

  /** Keys that lead through a value that is itself a reference to a map. */
  #followed(target: KeyPath): KeyPath {
    for (let end = 1; end < target.length; end += 1) {
      const prefix = target.slice(0, end);
      const value = valueAt(this.#document.value, prefix);
      if (typeof value !== 'string' || !value.includes('${')) continue;
      if (this.#open.some((open) => nameOf(open) === nameOf(prefix))) return target;
      this.#textAt(value, prefix);
    }
    return this.sourceOf(target);
  }

  /** OmegaConf refuses values that need each other; one that only names itself is a template, filled in elsewhere. */
  #reportCycle(target: KeyPath): void {
    const from = this.#open.findIndex((open) => isWithin(open, target) || isWithin(target, open));
    const circle = this.#open.slice(from);
    const [first] = circle;
    if (first === undefined || circle.length === 1 || this.problems.length > 0) return;
    const chain = [...circle, first].map((keys) => showKeys(keys));
    this.problems.push({
      code: 'interpolation-cycle',
      place: this.#document.placeOf(first),
      key: showKeys(first),
      message: `The value needs itself: ${[...chain.slice(0, 8), ...(chain.length > 8 ? ['…'] : [])].join(' → ')}.`,
      hint: 'Expected references that end at a value.',
    });
  }
}

function isPlain(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function isWithin(inner: KeyPath, outer: KeyPath): boolean {
  return inner.length >= outer.length && outer.every((key, index) => String(key) === String(inner[index]));
}

function nameOf(keys: KeyPath): string {
  return keys.join('\0');
}

/** Values in a value; a map that is shared counts as often as it is used. */
function sizeOf(value: unknown, left: number = documentLimits.maxNodes): number {
  if (typeof value !== 'object' || value === null) return 1;
  let size = 1;
  for (const item of isMap(value) ? Object.values(value) : (value as unknown[])) {
    if (size > left) break;
    size += sizeOf(item, left - size);
  }
  return size;
}

/** A word of an expression as YAML would read it. */
function readScalar(text: string): unknown {
  const quoted = /^(["'])(.*)\1$/s.exec(text);
  if (quoted !== null) return quoted[2];
  if (/^(?:true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  if (/^(?:null|none)$/i.test(text) || text === '') return null;
  return /^[-+]?(?:\d[\d_]{0,30}(?:\.\d{0,30})?|\.\d{1,30})(?:e[-+]?\d{1,3})?$/i.test(text)
    ? Number(text.replaceAll('_', ''))
    : text;
}

function splitOnce(text: string, separator: string): [string, string | null] {
  const at = text.indexOf(separator);
  return at === -1 ? [text, null] : [text.slice(0, at), text.slice(at + 1)];
}
