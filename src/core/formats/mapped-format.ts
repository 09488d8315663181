import type { Document } from '../document/document.ts';
import { showValue } from '../document/show-value.ts';
import { valueAt } from '../document/value-at.ts';
import type { RunField, RunValues } from '../run/fields.ts';
import type { MappedKey, Mapping } from '../run/mapping.ts';
import { schemaOf } from '../run/run-schema.ts';
import { parseQuantity } from '../units/quantity.ts';
import { ConfigReader } from './config-reader.ts';
import type { Format, ReadResult } from './format.ts';
import { programConfig } from './python-program.ts';
import { nameFromPath } from './run-name.ts';

/** A team's own config format, read by the keys that the policy maps. */
export function mappedFormat(mapping: Mapping): Format {
  return {
    name: mapping.name,
    title: mapping.name,
    syntaxes: ['yaml', 'json', 'jsonc', 'json5', 'toml', 'settings', 'python'],
    signature: [],
    recognize: (document) => {
      const { value } = programConfig(document);
      return mapping.keys.some(({ key }) => valueAt(value, key.split('.')) !== undefined);
    },
    references: () => [],
    read: (document) => readMapped(programConfig(document), mapping),
  };
}

function readMapped(document: Document, mapping: Mapping): ReadResult {
  const config = new ConfigReader(document);
  for (const key of mapping.keys) stateMapped(config, key);
  const name = config.stated('name') ?? nameFromPath(document.path);
  return config.result({ dialect: mapping.name, trainer: null, name, weaker: mapping.state });
}

/** A fact by one key; one whose factors are not all stated is not stated. */
function stateMapped(config: ConfigReader, mapped: MappedKey): void {
  const { field, key, values, place } = mapped;
  const written = valueAt(config.document.value, key.split('.'));
  if (written === undefined || written === null) return;
  const word = showable(written);
  if (word !== null && Object.hasOwn(values, word)) {
    config.stateAs(field, key, values[word] as RunValues[RunField]);
    return;
  }
  const value = scaled(config, written, mapped);
  if (value === null) return;
  const read = schemaOf(field).safeParse(value);
  // The schema is that of the field.
  if (read.success) config.stateAs(field, key, read.data as RunValues[RunField]);
  else if (config.value(key) !== undefined) {
    config.refuse(
      key,
      'unknown-value',
      `Found ${showValue(written)}, which is no ${field}.`,
      Object.keys(values).length > 0 || word !== null
        ? `Say what it means under "values", at ${place.path}:${place.line}.`
        : `The key is mapped at ${place.path}:${place.line}.`,
    );
  }
}

/** The value, multiplied and divided by the factors of the mapping; null where one of them is not stated. */
function scaled(config: ConfigReader, written: unknown, { key, times, dividedBy }: MappedKey): unknown {
  if (times.length === 0 && dividedBy.length === 0) return written;
  const numbers = [key, ...times].map((factor) => numberOf(config, factor));
  const divisors = dividedBy.map((factor) => numberOf(config, factor));
  if ([...numbers, ...divisors].some((number) => number === null)) return null;
  const product = numbers.reduce<number>((total, number) => total * (number ?? 1), 1);
  return divisors.reduce<number>((total, number) => total / (number ?? 1), product);
}

function numberOf(config: ConfigReader, factor: string | number): number | null {
  if (typeof factor === 'number') return factor;
  const written = config.value(factor);
  if (written === undefined) return null;
  const number = typeof written === 'string' ? parseQuantity(written) : written;
  if (typeof number === 'number' && number > 0) return number;
  config.refuse(
    factor,
    'wrong-type',
    `Found ${showValue(written)}.`,
    `Expected a number more than 0, for it is a factor.`,
  );
  return null;
}

/** What is written as the policy would name it: text, a number, true or false. */
function showable(written: unknown): string | null {
  return typeof written === 'string' || typeof written === 'number' || typeof written === 'boolean'
    ? String(written)
    : null;
}
