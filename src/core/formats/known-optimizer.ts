import { z } from 'zod';
import { optimizerNamed } from '../run/optimizer-names.ts';

/** The name of an optimizer whose states can be counted; any other is a problem, for its memory can't be known. */
export const knownOptimizer = z.string().transform((name, context) => {
  const optimizer = optimizerNamed(name);
  if (optimizer !== null) return optimizer;
  context.addIssue({ code: 'custom', message: `an optimizer whose states are known: ${countable}` });
  return z.NEVER;
});

const countable =
  'adamw_torch, adamw_torch_fused, adamw_bnb_8bit, paged_adamw_32bit, paged_adamw_8bit, adafactor, sgd, lion_32bit';
