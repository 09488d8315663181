import { z } from 'zod';

/** The schema of the value at a path below `schema`; null where the schema has no such place. */
export function schemaAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): z.core.$ZodType | null {
  const inner = unwrap(schema);
  const [key, ...rest] = path;
  if (key === undefined) return inner;
  for (const next of stepsInto(inner, key)) {
    const found = schemaAt(next, rest);
    if (found !== null) return found;
  }
  return null;
}

/** The keys that an object schema, or any object of a union, knows. */
export function keysIn(schema: z.core.$ZodType | null): string[] {
  if (schema === null) return [];
  const inner = unwrap(schema);
  if (inner instanceof z.ZodObject) return Object.keys(inner.shape);
  if (inner instanceof z.ZodUnion) return inner.options.flatMap((option) => keysIn(option));
  return [];
}

function stepsInto(schema: z.core.$ZodType, key: PropertyKey): z.core.$ZodType[] {
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => stepsInto(unwrap(option), key));
  if (schema instanceof z.ZodArray) return [schema.element];
  if (schema instanceof z.ZodRecord) return [schema.valueType];
  if (!(schema instanceof z.ZodObject)) return [];
  const field: unknown = Object.hasOwn(schema.shape, key) ? schema.shape[String(key)] : undefined;
  return field instanceof z.ZodType ? [field] : [];
}

/** Past what doesn't change the shape: optional, nullable, default, and transforms before or after. */
function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodPipe) return unwrap(schema.in instanceof z.ZodTransform ? schema.out : schema.in);
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodReadonly
  ) {
    return unwrap(schema.unwrap());
  }
  return schema;
}
