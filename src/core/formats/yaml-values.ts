import { z } from 'zod';
import { runFields, type RunField, type RunValues } from '../run/fields.ts';

/**
 * Values of configs that PyYAML reads, that is, as YAML 1.1 (https://yaml.org/type/): yes, no, on and off are
 * booleans, and a number may have underscores. `auto`, `???` and what is left to a template or an interpolation
 * (`${VAR}`, `<path>`) state nothing.
 */
export function valueOf<Field extends RunField>(field: Field): z.ZodType<RunValues[Field] | null | undefined> {
  // The schema of a field gives the type that RunValues takes from it.
  return as(runFields[field] as unknown as z.ZodType<RunValues[Field]>);
}

/** The same for a value that is no field of its own. */
export function as<Value>(schema: z.ZodType<Value>): z.ZodType<Value | null | undefined> {
  return z.preprocess(readScalar, schema.nullish()).optional();
}

/** A switch. */
export const flag = as(z.boolean());

function readScalar(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (isOpen(value)) return undefined;
  const spoken = spokenFlags.get(value.toLowerCase());
  if (spoken !== undefined) return spoken;
  return /^[+-]?\d[\d_]{0,30}$/.test(value) && value.includes('_') ? Number(value.replaceAll('_', '')) : value;
}

/** Whether text stands for a value that is only known when the training is launched. */
export function isOpen(text: string): boolean {
  return text === '' || text === 'auto' || text === '???' || /\$\{|^\$\w|^<.*>$/.test(text.slice(0, 1000));
}

const spokenFlags = new Map([
  ['yes', true],
  ['on', true],
  ['no', false],
  ['off', false],
]);
