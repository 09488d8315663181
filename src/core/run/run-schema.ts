import { z } from 'zod';
import type { Document, KeyPath } from '../document/document.ts';
import { readWithSchema } from '../document/read-with-schema.ts';
import { valueAt } from '../document/value-at.ts';
import type { Problem } from '../problem.ts';
import type { Authority, Fact, Facts } from './facts.ts';
import { fieldGroups, policyFields, runFields, type RunField } from './fields.ts';
import { optimizerNamed } from './optimizer-names.ts';

/**
 * Reads facts as scalegate's own run config nests them (`model:`, `training:`, `parallelism:`, `data:`, `hardware:`)
 * from the map at `keys`; `[]` is the whole document. The run config, the policy's assumptions and the YAML plan write
 * facts this way. Each fact has its place and the given authority. A null is not a fact. Unknown keys are problems,
 * but for those of `except`, which belong to the caller. Where there is any problem, there are no facts.
 */
export function factsFrom(
  document: Document,
  keys: KeyPath,
  authority: Authority,
  { except = [] }: { except?: readonly string[] } = {},
): { facts: Facts; problems: readonly Problem[] } {
  const schema = (authority === 'config' ? runSchema : factsSchema).extend(
    Object.fromEntries(except.map((key) => [key, z.unknown().optional()])),
  );
  const { value, problems } = readWithSchema(document, schema, keys);
  if (value === null) return { facts: {}, problems };

  const facts: Partial<Record<RunField, Fact<unknown>>> = {};
  const twice: Problem[] = [];
  for (const [path, field] of spellings) {
    const stated = valueAt(value, path);
    if (stated === undefined || stated === null) continue;
    const place = document.placeOf([...keys, ...path]);
    const first = facts[field];
    if (first !== undefined) twice.push(saidTwice(path, field, place));
    facts[field] = { value: stated, authority, place };
  }
  // The schema is made of the very fields that RunValues takes its types from.
  return twice.length > 0 ? { facts: {}, problems: twice } : { facts: facts as Facts, problems: [] };
}

/** Other names of fields. */
const aliases: Readonly<Record<string, RunField>> = { 'model.num_hidden_layers': 'model.num_layers' };

/** Every key path that states a field, aliases after the names. */
const spellings: readonly (readonly [readonly string[], RunField])[] = [
  ...(Object.keys(runFields) as RunField[]).map((field) => [field.split('.'), field] as const),
  ...Object.entries(aliases).map(([alias, field]) => [alias.split('.'), field] as const),
];

/** Other values that mean the same. */
const sameMeaning: Partial<Record<RunField, (value: unknown) => unknown>> = {
  'parallelism.sharding': (value) => (typeof value === 'string' && /^fsdp$/i.test(value) ? 'zero3' : value),
  'training.optimizer': (value) => (typeof value === 'string' ? (optimizerNamed(value) ?? value) : value),
};

/** All fields, nested by the dots of their names; anything may be left out or null. */
export const factsSchema = nest(spellings.map(([path, field]) => [path, schemaOf(field)]));

/** The schema of a run config: the fields but for those that only policy and plan may set. */
export const runSchema = nest(
  spellings.filter(([, field]) => !policyFields.includes(field)).map(([path, field]) => [path, schemaOf(field)]),
);

function nest(
  leaves: readonly (readonly [readonly string[], z.ZodType])[],
  group: readonly string[] = [],
): z.ZodObject {
  const shape: Record<string, z.ZodType> = {};
  for (const key of new Set(leaves.map(([[first]]) => first))) {
    if (key === undefined) continue;
    const below = leaves.filter(([[first]]) => first === key);
    const leaf = below.find(([path]) => path.length === 1);
    shape[key] = leaf?.[1] ?? nestGroup(below, [...group, key]);
  }
  return z.strictObject(shape);
}

function nestGroup(leaves: Parameters<typeof nest>[0], group: readonly string[]): z.ZodType {
  const inner = leaves.map(([path, schema]) => [path.slice(1), schema] as const);
  const schema = nest(inner, group).nullish();
  const description = fieldGroups.get(group.join('.'));
  return description === undefined ? schema : schema.describe(description);
}

/** What may be written for a field: its values, and other words for them. */
export function schemaOf(field: RunField): z.ZodType {
  const schema: z.ZodType = runFields[field].nullish();
  const translate = sameMeaning[field];
  const translated = translate === undefined ? schema : z.preprocess(translate, schema).optional();
  return translated.describe(runFields[field].description ?? '');
}

function saidTwice(path: readonly string[], field: RunField, place: Problem['place']): Problem {
  const message = `This is another name of ${field}, which is set too.`;
  return { code: 'duplicate-key', place, key: path.join('.'), message, hint: 'Expected only one of the two.' };
}
