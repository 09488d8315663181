import { z } from 'zod';

export const count = (max: number) => z.int().min(1).max(max);
/** A width in elements. */
export const size = count(10_000_000);
/** A number of GPUs, or of what they hold each. */
export const degree = count(100_000);
