import { z } from 'zod';
import type { EstimatedRun } from '../../../policy/rule.ts';
import type { Problem } from '../../../problem.ts';
import { endDates } from '../../end-dates.ts';
import { ProblemReport, problemReport } from './problem-report.ts';
import { runReport } from './fill-run-report.ts';
import { RunReport } from './run-report.ts';

/** One config by itself, for tools: the object that `scalegate estimate --json` prints for each file. */
export const EstimateReport = z
  .strictObject({
    schema_version: z.literal(1).describe('Version of this form; grows when a field changes its meaning or goes'),
    ...RunReport.shape,
    schedule: z
      .strictObject({
        start_date: z.string().describe('The day that was asked for'),
        end_date: z.string().describe('The day on which the training ends'),
        earliest_end_date: z.string().describe('By the low end of the GPU-hours'),
        latest_end_date: z.string().describe('By the high end of the GPU-hours'),
      })
      .nullable()
      .optional()
      .describe('When it ends, where a day was asked for (--from); null where its time is unknown'),
    problems: z.array(ProblemReport).describe('What is wrong with the file; empty when all of it was read'),
  })
  .describe('Estimate of one training run by scalegate');

export type EstimateReport = z.infer<typeof EstimateReport>;

export function estimateReport(
  estimated: EstimatedRun,
  problems: readonly Problem[],
  from: string | null = null,
): EstimateReport {
  return {
    schema_version: 1,
    ...runReport({ ...estimated, of: estimated }),
    ...(from === null ? {} : { schedule: scheduleReport(estimated, from) }),
    problems: problems.map(problemReport),
  };
}

function scheduleReport(estimated: EstimatedRun, from: string): EstimateReport['schedule'] {
  const dates = endDates(estimated, from);
  if (dates === null) return null;
  const { start, likely, earliest, latest } = dates;
  return { start_date: start, end_date: likely, earliest_end_date: earliest, latest_end_date: latest };
}

/** The report of a file that could not be read: every figure null, and the problems that say why. */
export function unreadableReport(path: string, problems: readonly Problem[]): EstimateReport {
  const estimate = {
    parameters: null,
    memory: null,
    compute: null,
    cost: null,
    inference: null,
    assumptions: [],
    unknown: [{ field: 'run', reason: 'The file could not be read; see problems.' }],
  };
  const run = { path, dialect: null, name: null };
  return {
    schema_version: 1,
    ...runReport({ run, estimate, readings: null, scale: null, row: null, limit: null, calibration: null, of: null }),
    problems: problems.map(problemReport),
  };
}
