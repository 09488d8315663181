import { z } from 'zod';
import { quantity } from '../../units/quantity.ts';

/** The recorded data that it is trained on. */
export const dataFields = {
  'data.hours': quantity.pipe(z.number().min(0).max(1e12)).describe('Hours of recorded data'),
  'data.augmentation': z.boolean().describe('The data is augmented'),
} as const satisfies Record<string, z.ZodType>;
