import type { Place, Problem } from '../problem.ts';

/** Keys and list positions from the root of a document to one of its values. */
export type KeyPath = readonly (string | number)[];

/** What can be written into a file: a value on one line. */
export type Writable = string | number | boolean;

/**
 * A YAML, JSON or TOML file as plain data that remembers where each key and value stood.
 * Maps are objects without a prototype, so that a key such as `__proto__` is a key like any other.
 */
export interface Document {
  readonly path: string;
  readonly value: unknown;
  /** Where the key stands; for a list item, the item. The nearest enclosing key where that one does not exist. */
  placeOf(keys: KeyPath): Place;
}

/** A document, or null with the problems that say why there is none. */
export interface ParseResult {
  readonly document: Document | null;
  readonly problems: readonly Problem[];
  /**
   * What some loaders refuse, read all the same: comments and trailing commas in JSON, and keys that stand twice, of
   * which the last counts. A reader whose framework's loader refuses them reports these.
   */
  readonly leniencies: readonly Problem[];
  /** Of a file that holds several configs beside each other: the same with one of them alone. */
  readonly recipe?: (name: string) => ParseResult;
}

/** Limits on what is read at all: the files come from pull requests, that is, from anybody. */
export const documentLimits = {
  /** GitHub serves contents in full up to 1 MB (REST, "Get repository content"); no config comes near it. */
  maxCharacters: 1_000_000,
  maxDepth: 64,
  /** Resolved aliases, against exponential expansion ("billion laughs"). */
  maxAliases: 100,
  maxNodes: 100_000,
} as const;
