import type { Document, KeyPath } from '../document/document.ts';
import { syntaxOf } from '../document/parse-document.ts';
import { callsKey, classesKey, functionsKey } from '../document/parse-python.ts';
import { argumentsKey } from '../document/python/python-values.ts';
import { valueAt } from '../document/value-at.ts';
import { calledName, withoutMarks } from './recipes.ts';

/**
 * A Python file as the config that it holds: what it assigns at its top, the defaults of its classes and what it calls
 * classes with, each under the class's name, the map that its `get_config` returns (ml_collections), and the defaults of
 * its command line (argparse, absl) under the names of the flags. Only literals; nothing is run. Any other document is
 * a config as it stands.
 */
export function programConfig(document: Document): Document {
  if (syntaxOf(document.path) !== 'python') return document;
  const parts = partsOf(document.value);
  const value = Object.create(null) as Record<string, unknown>;
  const places = new Map<string, KeyPath>();
  for (const { key, value: stated, at } of parts) {
    if (Object.hasOwn(value, key)) continue;
    value[key] = withoutMarks(stated);
    places.set(key, at);
  }
  return {
    path: document.path,
    value,
    placeOf: ([first, ...rest]) => document.placeOf([...(places.get(String(first)) ?? []), ...rest]),
  };
}

interface Part {
  readonly key: string;
  readonly value: unknown;
  /** Where the value stands in the document. */
  readonly at: KeyPath;
}

/** The nearest to what runs comes first. */
function partsOf(root: unknown): Part[] {
  const top = entriesOf(root, []).filter(({ key }) => !key.startsWith('$'));
  const configs = entriesOf(valueAt(root, [functionsKey]), [functionsKey])
    .filter(({ key }) => /^(?:get|make|build|default)_?(?:default_?)?config$/.test(key))
    .flatMap(({ value, at }) => entriesOf(value, at));
  const calls = listOf(valueAt(root, [callsKey]));
  const made = calls.flatMap((call, index): Part[] => {
    const name = calledName(call)?.split('.').at(-1) ?? '';
    return /^[A-Z]/.test(name) ? [{ key: name, value: call, at: [callsKey, index] }] : [];
  });
  const classes = entriesOf(valueAt(root, [classesKey]), [classesKey]);
  return [...top, ...configs, ...flagsOf(calls), ...made, ...classes];
}

/** `parser.add_argument("--lr", default=1e-3)` and `flags.DEFINE_float("lr", 1e-3, …)`. */
function flagsOf(calls: readonly unknown[]): Part[] {
  return calls.flatMap((call, index): Part[] => {
    const name = calledName(call)?.split('.').at(-1) ?? '';
    const words = listOf(valueAt(call, [argumentsKey]));
    const at = [callsKey, index];
    if (name === 'add_argument') {
      const flag = words.find((word) => typeof word === 'string' && word.startsWith('--'));
      const value = valueAt(call, ['default']);
      return typeof flag === 'string' && value !== undefined
        ? [{ key: flag.slice(2).replaceAll('-', '_'), value, at: [...at, 'default'] }]
        : [];
    }
    const [flag, value] = words;
    const isFlag = name.startsWith('DEFINE_') && typeof flag === 'string' && value !== undefined;
    return isFlag ? [{ key: flag, value, at: [...at, argumentsKey, 1] }] : [];
  });
}

function entriesOf(map: unknown, at: KeyPath): Part[] {
  if (typeof map !== 'object' || map === null || Array.isArray(map)) return [];
  return Object.entries(map).map(([key, value]) => ({ key, value: value as unknown, at: [...at, key] }));
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}

/** A call in a Python file. */
export interface Call {
  /** The last part of what is called: `from_pretrained`. */
  readonly name: string;
  /** The part before it: `AutoModelForCausalLM`. */
  readonly owner: string;
  readonly document: Document;
  /** Where it stands in the document. */
  readonly path: KeyPath;
  /** The map of its keywords, with what else is known of it. */
  readonly value: unknown;
  keywords(): readonly string[];
  /** A keyword as text, where it is the name of something imported. */
  written(keyword: string): unknown;
  /** A keyword that is literal; undefined for any other. */
  literal(keyword: string): unknown;
  firstArgument(): unknown;
}

/** The calls of a Python file, in their order. */
export function callsIn(document: Document): readonly Call[] {
  return listOf(valueAt(document.value, [callsKey])).map((call, index): Call => {
    const names = (calledName(call) ?? '').split('.');
    return {
      name: names.at(-1) ?? '',
      owner: names.at(-2) ?? '',
      document,
      path: [callsKey, index],
      value: call,
      keywords: () => Object.keys(call as object).filter((key) => !key.startsWith('$')),
      written: (keyword) => withoutMarks(valueAt(call, [keyword])),
      literal: (keyword) => {
        const value = valueAt(call, [keyword]);
        return isMarked(value) || (Array.isArray(value) && value.some(isMarked)) ? undefined : value;
      },
      firstArgument: () => valueAt(call, [argumentsKey, 0]),
    };
  });
}

/** A call, an imported name, or what could not be read. */
function isMarked(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).some((key) => key.startsWith('$'));
}
