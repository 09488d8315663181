import { z } from 'zod';
import type { Document, KeyPath } from '../document/document.ts';
import { readWithSchema } from '../document/read-with-schema.ts';
import { valueAt } from '../document/value-at.ts';
import type { Problem } from '../problem.ts';
import { factsFrom } from '../run/run-schema.ts';
import { Globs } from './globs-section.ts';
import { ForFiles, LevelName, mostForFiles, ruleSchema, rulesForFiles } from './policy-file.ts';
import type { FilesPolicy, RuleChange } from './policy.ts';
import type { Rule } from './rule.ts';

interface Read<Value> {
  readonly value: Value;
  readonly problems: readonly Problem[];
}

/**
 * The policies for files: the entries of `assumptions`, which hold facts alone, then those of `policies`. Entry by entry
 * and part by part, so that a mistake in one leaves the others as the team wrote them.
 */
export function readForFiles(document: Document): Read<FilesPolicy[]> {
  const entries = [
    ...keysOf(document, 'assumptions').map((keys) => readAssumptions(document, keys)),
    ...keysOf(document, 'policies').map((keys) => readPolicies(document, keys)),
  ];
  return {
    value: entries.flatMap(({ value }) => value ?? []),
    problems: entries.flatMap(({ problems }) => problems),
  };
}

function keysOf(document: Document, section: string): KeyPath[] {
  const entries = valueAt(document.value, [section]);
  if (!Array.isArray(entries) || entries.length > mostForFiles) return [];
  return Array.from(entries.keys(), (index) => [section, index]);
}

function readAssumptions(document: Document, keys: KeyPath): Read<FilesPolicy | null> {
  const { facts, problems } = factsFrom(document, keys, 'policy', { except: ['files'] });
  const files = readWithSchema(document, Globs, [...keys, 'files']);
  const place = document.placeOf(keys);
  return {
    value: files.value && { files: files.value, place, facts, rules: {}, approvers: null, waiver: null },
    problems: [...problems, ...files.problems],
  };
}

/** An entry without what is in it, to find keys and rules that do not exist. */
const outline = z.strictObject({
  ...Object.fromEntries(Object.keys(ForFiles.shape).map((key) => [key, z.unknown().optional()])),
  rules: z.strictObject(Object.fromEntries(rulesForFiles.map(({ name }) => [name, z.unknown().optional()]))).optional(),
});

function readPolicies(document: Document, keys: KeyPath): Read<FilesPolicy | null> {
  const problems: Problem[] = [];
  const collect = <Value>(reading: Read<Value>): Value => {
    problems.push(...reading.problems);
    return reading.value;
  };
  const isMap = collect(readWithSchema(document, z.looseObject({}), keys)) !== null;
  if (!isMap) return { value: null, problems };
  collect(readWithSchema(document, outline, keys));
  const files = collect(readWithSchema(document, ForFiles.shape.files, [...keys, 'files']));
  const rules = rulesForFiles.flatMap((rule) => {
    const change = collect(readChange(document, [...keys, 'rules', rule.name], rule));
    return change === null ? [] : [[rule.name, change] as const];
  });
  const facts = collect(readFacts(document, [...keys, 'assumptions']));
  const approvers = collect(readWithSchema(document, ForFiles.shape.approvers, [...keys, 'approvers'])) ?? null;
  const waiver = collect(readWithSchema(document, ForFiles.shape.waiver, [...keys, 'waiver'])) ?? null;
  if (files === null) return { value: null, problems };
  return {
    value: { files, place: document.placeOf(keys), facts, rules: Object.fromEntries(rules), approvers, waiver },
    problems,
  };
}

function readFacts(document: Document, keys: KeyPath): Read<FilesPolicy['facts']> {
  if (valueAt(document.value, keys) === undefined) return { value: {}, problems: [] };
  const { facts, problems } = factsFrom(document, keys, 'policy');
  return { value: facts, problems };
}

/** null where the rule is left as it is, and where what is said of it can't be read. */
function readChange(document: Document, keys: KeyPath, rule: Rule): Read<RuleChange | null> {
  const found = valueAt(document.value, keys);
  if (found === undefined) return { value: null, problems: [] };
  if (typeof found !== 'object' || found === null) {
    const { value: level, problems } = readWithSchema(document, LevelName, keys);
    return { value: level === null ? null : { level, options: {} }, problems };
  }
  const { value, problems } = readWithSchema(document, ruleSchema(rule), keys);
  if (value === null) return { value: null, problems };
  const { level = null, ...options } = value;
  // What is not written is as it is for all, and not the rule's own default
  const written = Object.entries(options).filter(([option]) => Object.hasOwn(found, option));
  return { value: { level, options: Object.fromEntries(written) }, problems };
}
