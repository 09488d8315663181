import { z } from 'zod';
import type { KeyPath } from './document.ts';
import { nearest } from './nearest.ts';
import { keysIn, schemaAt } from './schema-at.ts';
import { showText, showValue } from './show-value.ts';
import { valueAt } from './value-at.ts';

type Issue = z.core.$ZodIssue;

/** One thing that is wrong with one value, in our words. */
export interface Explanation {
  readonly code: 'unknown-key' | 'missing-key' | 'wrong-type' | 'invalid-value';
  readonly path: KeyPath;
  readonly message: string;
  readonly hint: string;
}

/** What one issue that `schema` has with `root` means: where it stands, what was found, what was expected. */
export function* explainIssue(issue: Issue, schema: z.ZodType, root: unknown): Generator<Explanation> {
  const path = issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key));
  const at = schemaAt(schema, path);
  if (issue.code === 'unrecognized_keys') {
    const known = keysIn(at);
    for (const key of issue.keys) yield explainUnknownKey([...path, key], key, known);
    return;
  }
  const branch = issue.code === 'invalid_union' ? fittingBranch(issue.errors) : null;
  if (branch !== null) {
    for (const inner of branch) yield* explainIssue({ ...inner, path: [...path, ...inner.path] }, schema, root);
    return;
  }
  const found = valueAt(root, path);
  const expected = `Expected ${expectationOf(issue, at)}.`;
  if (found === undefined) yield { code: 'missing-key', path, message: 'This is missing.', hint: expected };
  else yield explainValue(issue, path, found, expected);
}

function explainUnknownKey(path: KeyPath, key: string, known: readonly string[]): Explanation {
  const meant = nearest(key, known) ?? dottedName(key, known);
  const hint = meant === null ? `Expected one of ${known.join(', ')}.` : `Did you mean ${showText(meant)}?`;
  return { code: 'unknown-key', path, message: 'No such key is known here.', hint };
}

/** The name with dots of which the key is an end: `trainer` of `training.trainer`, `training` of any that starts so. */
function dottedName(key: string, known: readonly string[]): string | null {
  return known.find((name) => name.endsWith(`.${key}`)) ?? known.find((name) => name.startsWith(`${key}.`)) ?? null;
}

function explainValue(issue: Issue, path: KeyPath, found: unknown, expected: string): Explanation {
  const choices = issue.code === 'invalid_value' ? issue.values.filter((value) => typeof value === 'string') : [];
  const meant = typeof found === 'string' ? nearest(found, choices) : null;
  return {
    code: issue.code === 'invalid_type' || issue.code === 'invalid_union' ? 'wrong-type' : 'invalid-value',
    path,
    message: `Found ${showValue(found)}.`,
    hint: meant === null ? expected : `${expected} Did you mean ${showText(meant)}?`,
  };
}

/** The alternative of a union that the value was meant for: the one whose type it has, if that is only one. */
function fittingBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] | null {
  const fitting = branches.filter(([first]) => first?.code !== 'invalid_type' || first.path.length > 0);
  return fitting.length === 1 ? (fitting[0] ?? null) : null;
}

function expectationOf(issue: Issue, schema: z.core.$ZodType | null): string {
  switch (issue.code) {
    case 'invalid_type':
      if (schema instanceof z.ZodNumberFormat) return 'a whole number';
      return typeNames[issue.expected] ?? issue.expected;
    case 'too_small':
      return `${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}${unitOf(issue.origin)}`;
    case 'too_big':
      return `${issue.inclusive === false ? 'less than' : 'at most'} ${issue.maximum}${unitOf(issue.origin)}`;
    case 'not_multiple_of':
      return `a multiple of ${issue.divisor}`;
    case 'invalid_value':
      return issue.values.length === 1 ? String(issue.values[0]) : `one of ${issue.values.map(String).join(', ')}`;
    case 'invalid_union':
      return [...new Set(issue.errors.flatMap(([first]) => (first ? [expectationOf(first, schema)] : [])))].join(
        ' or ',
      );
    case 'invalid_format':
      return descriptionOf(schema) ?? `text that matches ${issue.pattern ?? issue.format}`;
    case 'custom':
      return issue.message.replace(/^expected /i, '').replace(/\.$/, '');
    default:
      return descriptionOf(schema) ?? 'another value';
  }
}

const typeNames: Readonly<Record<string, string>> = {
  int: 'a whole number',
  number: 'a number',
  string: 'text',
  boolean: 'true or false',
  object: 'a map',
  record: 'a map',
  array: 'a list',
};

function unitOf(origin: string): string {
  if (origin === 'string') return ' characters';
  return origin === 'array' ? ' entries' : '';
}

function descriptionOf(schema: z.core.$ZodType | null): string | undefined {
  const description = schema instanceof z.ZodType ? schema.description : undefined;
  return description === undefined ? undefined : `a value as its description says: ${description}`;
}
