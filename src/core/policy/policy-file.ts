import { z } from 'zod';
import { findIsoDate } from '../plan/iso-date.ts';
import { factsSchema } from '../run/run-schema.ts';
import { CommentSection } from './comment-section.ts';
import { ApproversSection } from './approvers-section.ts';
import { FormatsSection } from './formats-section.ts';
import { Glob, Globs } from './globs-section.ts';
import { ModelsSection } from './models-section.ts';
import { PricesSection } from './prices-section.ts';
import { levels, type Level } from './level.ts';
import type { Rule } from './rule.ts';
import { rules } from './rules/index.ts';

/** Plain `off` is text in YAML 1.2, which we read, but false in YAML 1.1, which people know. */
export const LevelName = z
  .literal([...levels, false])
  .transform((level): Level => (level === false ? 'off' : level))
  .describe('What breaking the rule does: approval makes the pull request wait, error fails it');

/** The level and the parameters of one rule, written out. */
export function ruleSchema(rule: Rule): z.ZodType<{ level?: Level | undefined; [option: string]: unknown }> {
  return rule.options.extend({ level: LevelName.optional() });
}

function ruleEntry(rule: Rule): z.ZodType {
  return z
    .union([LevelName, ruleSchema(rule)])
    .optional()
    .describe(`${rule.summary} Default: ${rule.level}.`);
}

const FilePath = z
  .string()
  .max(500)
  .refine((path) => path.split('/').every((part) => !['', '.', '..'].includes(part)), {
    message: 'a path from the root of the repository, without a slash in front',
  });

/** A plan is one file, or several that are read as one. */
const PlanPaths = z.union([FilePath, z.array(FilePath).min(1).max(20)]);

const RowName = z.string().min(1).max(100);

/** Policies for files, and entries of `assumptions`. */
export const mostForFiles = 100;

const Assumption = factsSchema.extend({ files: Globs.describe('Configs that these facts are for') });

/** Rules that judge configs; the others judge the pull request, and hold for all of it. */
export const rulesForFiles = rules.filter(({ isAboutPullRequest }) => isAboutPullRequest !== true);

const WaiverSection = z.strictObject({
  until: z
    .string()
    .refine((text) => findIsoDate(text) === text, { message: 'a day: 2026-12-31' })
    .describe('The last day on which the entry holds'),
  owner: z.string().min(1).max(100).describe('Who answers for it'),
  reason: z.string().min(1).max(300).describe('Why'),
});

/** What a policy for files may set; each of them also stands at the top, for all. */
export const ForFiles = z.strictObject({
  files: Globs.describe('The configs that it is for'),
  assumptions: factsSchema.optional().describe('What these configs do not say themselves: GPU, count, tokens …'),
  rules: z
    .strictObject(Object.fromEntries(rulesForFiles.map((rule) => [rule.name, ruleEntry(rule)])))
    .optional()
    .describe('Level, or level and parameters, of the rules that differ; what is left out is as it is for all'),
  approvers: ApproversSection.optional().describe('Who may approve what waits for these configs, and no one else'),
  waiver: WaiverSection.optional().describe(
    'Until when the entry holds, who answers for it, and why; without it the entry holds until it is changed',
  ),
});

/** Shape of `.github/scalegate.yml`; its JSON schema is made from this. */
export const PolicyFile = z.strictObject({
  scalegate_policy: z.literal(1).describe('Version of this format'),
  plan: z
    .union([
      PlanPaths,
      z.strictObject({
        path: PlanPaths.optional().describe('Path of the scaling plan, or those of its files'),
        rows: z
          .record(RowName, Globs)
          .optional()
          .describe('Rows of the plan by name, each with the globs of its configs'),
      }),
    ])
    .optional()
    .describe(
      'Path of the scaling plan, or of its files, which are read as one; the usual places by default; `rows` maps configs to rows of the plan by their paths',
    ),
  configs: Globs.optional().describe(
    'The training configs; by default every YAML, JSON and TOML file that reads as one',
  ),
  ignore: z.array(Glob).max(100).default([]).describe('Files that are no training configs, whatever is in them'),
  rules: z
    .strictObject(Object.fromEntries(rules.map((rule) => [rule.name, ruleEntry(rule)])))
    .optional()
    .describe('Level, or level and parameters, of each rule'),
  approvers: ApproversSection.prefault({}).describe('Who may approve what waits for approval'),
  unlinked_authors: z
    .enum(['add-approval', 'ignore'])
    .default('add-approval')
    .describe('What an author means whose address belongs to no account: one approval more in every slot, or nothing'),
  assumptions: z
    .array(Assumption)
    .max(mostForFiles)
    .optional()
    .describe(
      'Short for policies with assumptions alone, before all others: GPU, count, tokens …; the last entry that matches wins',
    ),
  policies: z
    .array(ForFiles)
    .max(mostForFiles)
    .optional()
    .describe('Assumptions, rules, limits, budgets and approvers for files; the last entry that matches a config wins'),
  prices: PricesSection.optional().describe(
    'What a GPU costs an hour, by its name: dollars, or dollars with provider, terms and date',
  ),
  formats: FormatsSection.optional().describe(
    "The team's own config formats: the keys that state the facts, for the files that the globs match",
  ),
  models: ModelsSection.optional().describe(
    "Names of the team's own models, each with the model of the Hub that it has the dimensions of",
  ),
  comment: CommentSection.prefault({}).describe('When a pull request is commented on'),
  enforce: z
    .boolean()
    .default(true)
    .describe('false reports what would fail or wait, and blocks nothing: for the first weeks'),
  hugging_face_hub: z
    .boolean()
    .default(false)
    .describe(
      'Whether models that neither the repository nor the catalog describes are looked up on the Hugging Face Hub',
    ),
});
