import { z } from 'zod';
import { defineRule } from '../../rule.ts';

/**
 * The level of what other rules have to know and can't: these name the figure, and the judge makes one finding of all
 * that are unknown for one config.
 */
export const unknown = defineRule({
  name: 'unknown',
  summary: 'The figures that the other rules judge can be known.',
  level: 'approval',
  levelWithoutPolicy: 'notice',
  options: z.strictObject({}),
});
