import { z } from 'zod';

type CamelCase<Name> = Name extends `${infer First}_${infer Rest}` ? `${First}${Capitalize<CamelCase<Rest>>}` : Name;

type CamelCased<Shape> = { readonly [Name in keyof Shape as CamelCase<Name>]: Shape[Name] };

/** A map that configs write in snake_case, strict on its keys, and code reads in camelCase. */
export function camelCased<Shape extends z.ZodRawShape>(
  shape: Shape,
): z.ZodType<CamelCased<z.output<z.ZodObject<Shape, z.core.$strict>>>> {
  return z.strictObject(shape).transform((value) => {
    const renamed = Object.entries(value).map(([name, inner]) => [camelCase(name), inner] as const);
    // The keys are those of the type, renamed alike.
    return Object.fromEntries(renamed) as CamelCased<typeof value>;
  });
}

function camelCase(name: string): string {
  return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}
