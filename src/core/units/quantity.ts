import { z } from 'zod';

/** What a letter after a count multiplies it by. */
export const magnitudes: Readonly<Record<string, number>> = { k: 1e3, m: 1e6, b: 1e9, g: 1e9, t: 1e12 };

/**
 * Reads a count as people write it: `10M`, `~1000`, `1.5B`, `2.048e11`, `100_000`, `1,000`.
 * Null where the text is no such count: a sign other than `~` or `≈`, or a comma that separates no thousands, `1,5`.
 */
export function parseQuantity(text: string): number | null {
  const match = /^[~≈]?\s*((?:\d{1,3}(?:,\d{3})+|\d[\d_]*)(?:\.\d+)?(?:e[+-]?\d+)?)\s*([kmbgt]?)$/i.exec(text.trim());
  if (match === null) return null;
  const value = Number(match[1]?.replaceAll(/[_,]/g, '')) * (magnitudes[match[2]?.toLowerCase() ?? ''] ?? 1);
  return Number.isFinite(value) ? value : null;
}

/** A number, or text that {@link parseQuantity} reads as one: `200B` tokens. */
export const quantity = z.union([
  z.number(),
  z
    .string()
    .max(64)
    .transform((text, context) => {
      const value = parseQuantity(text);
      if (value !== null) return value;
      context.addIssue({ code: 'custom', message: 'expected a number such as 1000, 10M or 2.5e11' });
      return z.NEVER;
    }),
]);
