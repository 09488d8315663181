import { z } from 'zod';

/**
 * A value of a Python config, null or absent included. What is no literal (a map that says `$name`, `$call` or
 * `$unread`, see parsePython) is known only where the config runs: it states nothing.
 */
export function literal<Schema extends z.ZodType>(schema: Schema): z.ZodType<z.output<Schema> | null | undefined> {
  return z.preprocess((value) => (isMap(value) ? null : value), schema.nullish()).optional();
}

function isMap(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
