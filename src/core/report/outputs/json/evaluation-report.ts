import { z } from 'zod';
import type { Evaluation } from '../../evaluation.ts';
import { gibOf, rounded } from '../../rounded.ts';
import { exactly, totalsOf } from '../../totals.ts';
import { EditReport, editReport } from './edit-report.ts';
import { FitReport, fitReport } from './fit-report.ts';
import { placeReport, PlaceReport, problemReport, ProblemReport } from './problem-report.ts';
import { runReport } from './fill-run-report.ts';
import { RunReport } from './run-report.ts';

/** Everything about one pull request, for tools: the object that `scalegate diff --json` prints. */
export const EvaluationReport = z
  .strictObject({
    schema_version: z.literal(1).describe('Version of this form; grows when a field changes its meaning or goes'),
    verdict: z.enum(['pass', 'waiting', 'fail']).describe('waiting: an approval is needed and not yet there'),
    configs: z
      .array(
        z.strictObject({
          path: z.string().describe('Path of the config; of a deleted one, as it was'),
          previous_path: z.string().nullable().describe('Path at the base, where the file was renamed'),
          changed_by: z
            .array(z.string())
            .describe(
              'Changed files that it includes or that start it, where the pull request leaves the config itself as it is',
            ),
          launcher: z.string().nullable().describe('Launcher that it was read with; null where none is known'),
          base: RunReport.nullable().describe('Estimate at the base; null for a new or unreadable config'),
          head: RunReport.nullable().describe('Estimate at the head; null for a deleted or unreadable config'),
          problems: z.array(ProblemReport).describe('Why a side that exists could not be read'),
          edits: z.array(EditReport).describe('Keys that differ between base and head, and what each does'),
          fits: z
            .array(FitReport)
            .describe('Changes with which it fits, looked for where its memory fails; of a few configs at most'),
        }),
      )
      .describe(
        'Configs that the pull request touches, itself or by a file that they include, the biggest changes first',
      ),
    findings: z
      .array(
        z.strictObject({
          rule: z.string().describe('Rule that is broken'),
          also_rules: z.array(z.string()).describe('Other rules that the same cause touches'),
          cause: z.string().describe('What is behind it: the same for all configs and rules that it touches'),
          standing: z.boolean().describe('It was so at the base and is no worse: it blocks nothing'),
          level: z.enum(['notice', 'warning', 'approval', 'error']).describe('What the finding does to the verdict'),
          config: z.string().nullable().describe('Config that it is about; null for the pull request as a whole'),
          place: PlaceReport,
          message: z.string().describe('What was found'),
          action: z.string().describe('What to do about it'),
        }),
      )
      .describe('What the rules say, worst first'),
    problems: z.array(ProblemReport).describe('What is wrong with the plan and the policy themselves'),
    approval: z
      .strictObject({
        needed: z.int().describe('Approvals that it takes; 0 when none is needed'),
        given: z
          .array(z.strictObject({ by: z.string().describe('Login'), how: z.string().describe('review, command …') }))
          .describe('Approvals that count'),
        ignored: z
          .array(z.strictObject({ by: z.string().describe('Login'), reason: z.string().describe('Why not') }))
          .describe('Approvals that do not count'),
      })
      .describe('State of the approval'),
    plan: z
      .strictObject({
        path: z.string().describe('File of the plan'),
        title: z.string().describe('Title of the plan'),
      })
      .nullable()
      .describe('The scaling plan at the base; null without one'),
    totals: z
      .strictObject({
        max_memory_gib: z.number().nullable().describe('Highest peak memory per GPU, in GiB'),
        gpu_hours: z.number().nullable().describe('Sum of the GPU-hours'),
        cost_usd: z.number().nullable().describe('Sum of the costs, in US dollars'),
      })
      .describe('All configs at the head together; null as soon as one of them is unknown'),
  })
  .describe('Evaluation of one pull request by scalegate');

export type EvaluationReport = z.infer<typeof EvaluationReport>;

/** An evaluation in the form that tools read. */
export function evaluationReport(evaluation: Evaluation): EvaluationReport {
  const { verdict, pairs, findings, problems, approval, plan, fits } = evaluation;
  const totals = totalsOf(evaluation, 'head');
  return {
    schema_version: 1,
    verdict,
    configs: pairs.map((pair) => ({
      path: pair.path,
      previous_path: pair.previousPath,
      changed_by: [...(pair.through ?? [])],
      launcher: pair.launcher ?? null,
      base: pair.base && runReport({ ...pair.base, of: pair.base }),
      head: pair.head && runReport({ ...pair.head, of: pair.head }),
      problems: pair.problems.map(problemReport),
      edits: pair.edits.map((edit) => editReport(edit, pair.head)),
      fits: fits.filter(({ path }) => path === pair.path).flatMap((answer) => answer.fits.map(fitReport)),
    })),
    findings: findings.map(({ rule, alsoRules, cause, isStanding, level, path, place, message, action }) => ({
      rule,
      also_rules: [...alsoRules],
      cause,
      standing: isStanding,
      level,
      config: path,
      place: placeReport(place),
      message,
      action,
    })),
    problems: problems.map(problemReport),
    approval: {
      needed: approval.needed,
      given: approval.given.map(({ by, how }) => ({ by, how })),
      ignored: approval.ignored.map(({ by, ignoredBecause }) => ({ by, reason: ignoredBecause ?? '' })),
    },
    plan: plan && { path: plan.path, title: plan.title },
    totals: {
      max_memory_gib: gibOf(exactly(totals.maxMemoryBytes)),
      gpu_hours: rounded(exactly(totals.gpuHours), 3),
      cost_usd: rounded(exactly(totals.costUsd), 2),
    },
  };
}
