import { z } from 'zod';
import type { Place, Problem } from '../../../problem.ts';

export const PlaceReport = z
  .strictObject({
    path: z.string().describe('File in the repository'),
    line: z.int().describe('Line, from 1'),
    column: z.int().describe('Column, from 1'),
  })
  .describe('Where it stands');

/** What is wrong with a file that somebody wrote, for tools. */
export const ProblemReport = z.strictObject({
  code: z.string().describe('Stable name of the kind of problem'),
  place: PlaceReport,
  key: z.string().nullable().describe('Dotted path of the key; null when the file as a whole is at fault'),
  message: z.string().describe('What was found'),
  hint: z.string().nullable().describe('What was expected, or what to do'),
});

export type ProblemReport = z.infer<typeof ProblemReport>;

export function problemReport({ code, place, key, message, hint }: Problem): ProblemReport {
  return { code, place: placeReport(place), key, message, hint };
}

export function placeReport({ path, line, column }: Place): Place {
  return { path, line, column };
}
