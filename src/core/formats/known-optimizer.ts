import { z } from 'zod';
import { optimizerNamed } from '../run/optimizer-names.ts';

/** An optimizer by its name; one that nobody has described is unknown, and leaves its own states open, no more. */
export const knownOptimizer = z
  .string()
  .max(300)
  .transform((name) => optimizerNamed(name) ?? 'unknown');
