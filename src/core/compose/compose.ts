import { documentLimits, type Document, type KeyPath } from '../document/document.ts';
import { showKeys, showText } from '../document/show-value.ts';
import type { Problem } from '../problem.ts';
import { baseFiles } from './base-files.ts';
import { addedGroups, hydraDefaults, packageOf, type Choices } from './hydra-defaults.ts';
import { includeTags } from './include-tags.ts';
import type { Include, Part } from './include.ts';
import { isMap, mapOf, placedUnder } from './layers.ts';

/** A file of the repository, read. */
export interface Source {
  readonly document: Document;
  readonly text: string;
}

/** The files that a config may include, by path; undefined for one that does not exist. */
export type Files = (path: string) => Source | Unread | undefined;

/** A file that exists and is not read: why, or what is wrong in it. */
export interface Unread {
  readonly why: string;
  readonly problems: readonly Problem[];
}

/** How a dialect names the files that its configs build on, where that is a way of its own; null where it names none. */
export type OwnParts = (document: Document) => readonly Part[] | null;

/** What a config is put together from. */
export interface Composition {
  /** Weakest first; the config itself is among them. */
  readonly layers: readonly Document[];
  /** Includes that are missing, can't be read, lead out of the repository or back to where they came from. */
  readonly problems: readonly Problem[];
  /** Problems that leave one value unknown, and not the config. */
  readonly unknown: readonly Problem[];
  /** Every path that was looked for, found or not. */
  readonly asked: readonly string[];
  /** It includes what only a whole config names (`${model}_adam`), or what is outside of the repository. */
  readonly isOpen: boolean;
}

/** Chains of real configs have three or four files, and Hydra's some thirty. */
const most = { depth: 16, layers: 60, rounds: 10 };

/**
 * Puts a config together with the files that it includes, and that they include: Hydra's `defaults`, mmengine's
 * `_base_`, `!include` and the like. `chosen` are options of groups by the command line; a plus before the group adds it
 * to the list. Never throws; what is beyond the limits is a problem.
 */
export function compose(
  source: Source,
  files: Files,
  ownParts: OwnParts = () => null,
  chosen: ReadonlyMap<string, string> = new Map(),
): Composition {
  const asked = new Set<string>();
  const replaced = new Map<string, string>();
  let met: ReadonlyMap<string, string> = new Map();
  // An `override` further down replaces an option further up: then all is put together again.
  for (let round = 1; ; round += 1) {
    const before = JSON.stringify([[...replaced], [...met]]);
    for (const [group, option] of chosen) replaced.set(group, option);
    const choices = { replaced, met: new Map(met) };
    const { layers, problems, unknown, isOpen } = new Composer(source, { files, ownParts, asked, chosen, ...choices });
    met = choices.met;
    const isSettled = JSON.stringify([[...replaced], [...met]]) === before;
    if (isSettled || round === most.rounds) return { layers, problems, unknown, asked: [...asked], isOpen };
  }
}

interface Surroundings extends Choices {
  readonly files: Files;
  readonly ownParts: OwnParts;
  readonly asked: Set<string>;
  readonly chosen: ReadonlyMap<string, string>;
}

/** By which files a file came to be included, and where its values go. */
interface Way {
  readonly chain: readonly string[];
  readonly group: string;
  readonly package: KeyPath;
}

class Composer {
  readonly layers: Document[] = [];
  readonly problems: Problem[] = [];
  readonly unknown: Problem[] = [];
  isOpen = false;
  readonly #primary: Source;
  readonly #surroundings: Surroundings;
  #characters = 0;

  constructor(primary: Source, surroundings: Surroundings) {
    this.#primary = primary;
    this.#surroundings = surroundings;
    const way = { chain: [], group: '', package: [] };
    this.#add(primary, way);
    for (const part of addedGroups(surroundings.chosen, primary.document)) {
      if (this.problems.length > 0) break;
      this.#include(part, primary.document, { ...way, chain: [primary.document.path] });
    }
  }

  #add(source: Source, way: Way, names: readonly string[] | null = null): void {
    const { document, text } = source;
    const chain = [...way.chain, document.path];
    this.#characters += text.length;
    const parts = this.#partsOf(source, way);
    for (const part of parts) {
      // Whoever reads the files that are missing reads them in one go
      if (this.problems.length > 0) this.#find(part);
      else if (part.kind === 'self') this.#addSelf(names === null ? document : only(names, document), way, chain);
      else this.#include(part, document, { ...way, chain });
    }
  }

  #partsOf({ document, text }: Source, way: Way): readonly Part[] {
    const standing = { primary: this.#primary.document, group: way.group };
    return (
      this.#surroundings.ownParts(document) ??
      hydraDefaults(document, standing, this.#surroundings) ??
      baseFiles(document, text) ?? [{ kind: 'self' }]
    );
  }

  #addSelf(document: Document, way: Way, chain: readonly string[]): void {
    const { includes, rest } = includeTags(document);
    for (const include of includes) {
      const from = this.problems.length;
      this.#include(include, document, { ...way, chain, package: [...way.package, ...include.keys] });
      // What a value would have been is not known; the rest of the config still is.
      this.unknown.push(...this.problems.splice(from));
    }
    this.layers.push(placedUnder(rest, way.package));
  }

  #include(include: Include, from: Document, way: Way): void {
    const found = this.#find(include);
    const wrong = whyNot(include, found, way.chain) ?? this.#beyondLimits(include, way.chain);
    if (wrong !== null) {
      if (wrong.code !== 'missing-include' || include.isNeeded) this.#report(include, from, wrong);
      return;
    }
    if (found === undefined || 'why' in found) return;
    const keys = packageOf(include, found.text, way.package);
    this.#add(found, { chain: way.chain, group: include.group, package: keys }, include.names);
  }

  #find(part: Part): Source | Unread | undefined {
    if (part.kind === 'self') return undefined;
    if (part.candidates.length === 0) this.isOpen = true;
    const { asked, files } = this.#surroundings;
    for (const path of part.candidates) {
      asked.add(path);
      const found = path === this.#primary.document.path ? this.#primary : files(path);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #beyondLimits(include: Include, chain: readonly string[]): Wrong | null {
    if (chain.length > most.depth || this.layers.length >= most.layers) {
      const limit = chain.length > most.depth ? `${most.depth} files deep` : `${most.layers} files`;
      const message = `The config is put together from more than ${limit} (${shown(chain)}).`;
      return { code: 'too-many-includes', message, hint: 'Expected fewer includes.' };
    }
    if (this.#characters <= documentLimits.maxCharacters) return null;
    const message = `With ${showText(include.written)} the config has more than ${documentLimits.maxCharacters} characters (${shown(chain)}).`;
    return { code: 'too-large', message, hint: 'Expected fewer or smaller includes.' };
  }

  #report({ keys }: Include, from: Document, wrong: Wrong): void {
    this.problems.push({ place: from.placeOf(keys), key: keys.length === 0 ? null : showKeys(keys), ...wrong });
  }
}

type Wrong = Pick<Problem, 'code' | 'message' | 'hint'>;

function whyNot(include: Include, found: Source | Unread | undefined, chain: readonly string[]): Wrong | null {
  const written = showText(include.written);
  if (include.candidates.length === 0) {
    const message = `${written} leads out of the repository, where nothing is read (${shown(chain)}).`;
    return { code: 'outside-repository', message, hint: 'Expected a file of the repository.' };
  }
  if (found === undefined) {
    const message = `${written} does not exist in the repository (${shown(chain)}).`;
    const places = include.candidates.slice(0, 2).map((path) => showText(path));
    return { code: 'missing-include', message, hint: `Expected a file at ${places.join(' or ')}.` };
  }
  if ('why' in found) {
    const [first] = found.problems;
    const at = first === undefined ? '' : ` on line ${first.place.line}: ${first.message}`;
    const message = `${written} ${found.why} (${shown(chain)})${at === '' ? '.' : at}`;
    return { code: 'unreadable-include', message, hint: 'Expected a file that can be read.' };
  }
  const { path } = found.document;
  if (!chain.includes(path)) return null;
  const message = `The config includes itself: ${shown([...chain, path])}.`;
  return { code: 'include-cycle', message, hint: 'Expected a chain of configs that ends.' };
}

/** Long chains keep their ends. */
function shown(chain: readonly string[]): string {
  const names = chain.map((path) => showPath(path));
  return (names.length > 8 ? [...names.slice(0, 4), '…', ...names.slice(-3)] : names).join(' → ');
}

/** A path in full, unlike other text: its end tells it from its neighbors. */
function showPath(path: string): string {
  const clean = path.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '');
  return `"${clean.length > 200 ? `${clean.slice(0, 80)}…${clean.slice(-110)}` : clean}"`;
}

function only(names: readonly string[], document: Document): Document {
  if (!isMap(document.value)) return document;
  return { ...document, value: mapOf(Object.entries(document.value).filter(([key]) => names.includes(key))) };
}
