import { z } from 'zod';
import { explainGlob } from './globs.ts';

export const Glob = z.string().superRefine((glob, context) => {
  const expected = explainGlob(glob);
  if (expected !== null) context.addIssue({ code: 'custom', message: expected });
});

export const Globs = z.array(Glob).min(1).max(100);
