import { z } from 'zod';
import type { Document } from '../document/document.ts';
import { readWithSchema } from '../document/read-with-schema.ts';
import type { Problem } from '../problem.ts';
import type { BookPrice } from './policy.ts';

const Usd = z.number().min(0).max(10_000);

const Price = z.strictObject({
  usd_per_gpu_hour: Usd.describe('Price of one GPU for one hour, in US dollars'),
  provider: z.string().min(1).max(100).optional().describe('Who asks it'),
  terms: z
    .enum(['on-demand', 'spot', 'committed'])
    .optional()
    .describe('spot: capacity that may be taken away; committed: bought ahead'),
  date: z
    .string()
    .regex(/^\d{4}(?:-\d\d(?:-\d\d)?)?$/)
    .optional()
    .describe('a date: 2026, 2026-10 or 2026-10-03'),
});

/** What the team pays for its GPUs. */
export const PricesSection = z
  .record(z.string().min(1).max(100), z.union([Usd, Price]))
  .refine((prices) => Object.keys(prices).length <= 100, { message: 'at most 100 GPUs' });

/** Reads the price book; one that holds a mistake prices nothing. */
export function readPrices(document: Document): { value: readonly BookPrice[]; problems: readonly Problem[] } {
  const { value, problems } = readWithSchema(document, PricesSection.optional(), ['prices']);
  const prices = Object.entries(value ?? {}).map(([gpu, price]): BookPrice => {
    const place = document.placeOf(['prices', gpu]);
    if (typeof price === 'number') return { gpu, usdPerGpuHour: price, provider: null, terms: null, date: null, place };
    const { usd_per_gpu_hour: usdPerGpuHour, provider = null, terms = null, date = null } = price;
    return { gpu, usdPerGpuHour, provider, terms, date, place };
  });
  return { value: prices, problems };
}
