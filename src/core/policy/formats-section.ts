import { z } from 'zod';
import type { Document, KeyPath } from '../document/document.ts';
import { readWithSchema } from '../document/read-with-schema.ts';
import { valueAt } from '../document/value-at.ts';
import type { Problem } from '../problem.ts';
import type { Fact, Facts } from '../run/facts.ts';
import { runFields, type RunField } from '../run/fields.ts';
import type { MappedKey, Mapping } from '../run/mapping.ts';
import { schemaOf } from '../run/run-schema.ts';
import { Globs } from './globs-section.ts';

export const mostFormats = 50;

const DottedKey = z.string().min(1).max(200).describe('Key of the config, with dots from its root: train.batch_size');

const Factor = z.union([DottedKey, z.number().gt(0).max(1e18)]);

const Factors = z.union([Factor, z.array(Factor).min(1).max(10)]);

/** Fields that count sequences of one GPU or of all of them. */
const batchFields: readonly RunField[] = ['training.micro_batch_size', 'training.global_batch_size'];

/** A key alone, or a key with what its value means. */
function mappedKeySchema(field: RunField): z.ZodType {
  const isBatch = batchFields.includes(field);
  return z
    .union([
      DottedKey,
      z.strictObject({
        key: DottedKey,
        ...(isBatch
          ? {
              unit: z
                .enum(['per_gpu', 'global'])
                .optional()
                .describe('Whether the key counts sequences of a GPU or of all'),
            }
          : {}),
        values: z
          .record(z.string().max(200), schemaOf(field))
          .optional()
          .describe("What the config's own words mean: bfloat16: bf16-mixed"),
        times: Factors.optional().describe('Keys or numbers that the value is multiplied with'),
        divided_by: Factors.optional().describe('Keys or numbers that the value is divided by'),
      }),
    ])
    .optional()
    .describe(runFields[field].description ?? '');
}

const fieldNames = Object.keys(runFields) as RunField[];

const State = z.strictObject(Object.fromEntries(fieldNames.map((field) => [field, schemaOf(field)])));

/** One format of the team's own: which files, and what their keys mean. */
const OwnFormat = z.strictObject({
  name: z
    .string()
    .regex(/^[\w.-]{1,60}$/)
    .describe('Name of the format in reports: letters, digits, hyphens, dots and underscores'),
  files: Globs.describe('Files that are written in this format'),
  fields: z
    .strictObject(Object.fromEntries(fieldNames.map((field) => [field, mappedKeySchema(field)])))
    .describe('The key that states each fact'),
  state: State.optional().describe('Facts that hold for every config of this format that does not state them'),
});

export const FormatsSection = z.array(OwnFormat).max(mostFormats);

interface WrittenKey {
  readonly key: string;
  readonly unit?: 'per_gpu' | 'global';
  readonly values?: Readonly<Record<string, unknown>>;
  readonly times?: string | number | readonly (string | number)[];
  readonly divided_by?: string | number | readonly (string | number)[];
}

/** Reads the team's own formats one by one, so that a mistake in one leaves the others as they are. */
export function readFormats(document: Document): { value: Mapping[]; problems: Problem[] } {
  const entries = valueAt(document.value, ['formats']);
  const value: Mapping[] = [];
  const problems: Problem[] = [];
  if (!Array.isArray(entries) || entries.length > mostFormats) return { value, problems };
  for (const index of entries.keys()) {
    const keys = ['formats', index];
    const read = readWithSchema(document, OwnFormat, keys);
    problems.push(...read.problems);
    if (read.value !== null) value.push(mappingOf(document, keys, read.value));
  }
  return { value, problems };
}

function mappingOf(
  document: Document,
  at: KeyPath,
  { name, files, fields, state }: z.output<typeof OwnFormat>,
): Mapping {
  const keys = Object.entries(fields).flatMap(([field, written]): MappedKey[] => {
    if (written === undefined) return [];
    // The schema has one entry for each field, either a key or a map.
    const entry = (typeof written === 'string' ? { key: written } : written) as WrittenKey;
    return [
      {
        field: inUnit(field as RunField, entry.unit),
        key: entry.key,
        values: entry.values ?? {},
        times: listOf(entry.times),
        dividedBy: listOf(entry.divided_by),
        place: document.placeOf([...at, 'fields', field]),
      },
    ];
  });
  return { name, files, keys, state: factsOf(document, [...at, 'state'], state ?? {}) };
}

function inUnit(field: RunField, unit: WrittenKey['unit']): RunField {
  if (unit === undefined) return field;
  return unit === 'global' ? 'training.global_batch_size' : 'training.micro_batch_size';
}

function listOf(factors: WrittenKey['times']): readonly (string | number)[] {
  if (factors === undefined) return [];
  return typeof factors === 'string' || typeof factors === 'number' ? [factors] : factors;
}

function factsOf(document: Document, at: KeyPath, state: Readonly<Record<string, unknown>>): Facts {
  const facts = Object.entries(state).flatMap(([field, value]): [string, Fact<unknown>][] =>
    value === undefined || value === null
      ? []
      : [[field, { value, authority: 'policy', place: document.placeOf([...at, field]) }]],
  );
  // Each value was read with the schema of its own field.
  return Object.fromEntries(facts);
}
