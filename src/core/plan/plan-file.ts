import { z } from 'zod';
import { factsSchema, runSchema } from '../run/run-schema.ts';
import { quantity } from '../units/quantity.ts';
import { findIsoDate } from './iso-date.ts';

/** Text that is shown as it is: no control characters, nor ones that change how the text around them reads. */
const line = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[^\p{Cc}\p{Cf}]*$/u, { message: 'expected text on one line' });

const count = quantity.pipe(z.number().min(1).max(1e16));
const amount = quantity.pipe(z.number().gt(0).max(1e12));
const price = quantity.pipe(z.number().min(0).max(1e12));

/** Evidence that a scale was really trained. */
export const PlanFileValidation = z.strictObject({
  link: z
    .string()
    .max(2_000)
    .regex(/^(?:https?:\/\/[^\s\p{Cc}\p{Cf}]+|[^:\s\p{Cc}\p{Cf}]+)$/iu)
    .describe('The finished run: a web address, or a file of this repository'),
  date: z
    .string()
    .max(10)
    .refine((text) => findIsoDate(text) === text, { message: 'expected a date such as 2026-10-03' })
    .nullish()
    .describe('Day on which the run finished, 2026-10-03'),
  peak_memory_gib: amount.nullish().describe('Measured peak memory per GPU, in GiB'),
  gpu_hours: amount.nullish().describe('Measured GPU-hours of the whole run'),
  predicted_memory_gib: amount
    .nullish()
    .describe('What scalegate estimated for peak_memory_gib when the run was recorded'),
  predicted_gpu_hours: amount.nullish().describe('What scalegate estimated for gpu_hours when the run was recorded'),
  config: line(500).nullish().describe('Config of the run, for people to find it again'),
});

/** What a row of either kind may state. */
const row = {
  name: line(100).min(1).describe('Name of the row: Tiny, Small … or SFT, GRPO …'),
  tokens: count.nullish().describe('Tokens of the whole training'),
  samples: count.nullish().describe('Training samples'),
  steps: count.nullish().describe('Optimizer steps'),
  gpu: line(100).nullish().describe('The GPU that it is planned for: A100 80GB'),
  gpu_count: count.nullish().describe('Number of GPUs'),
  wall_clock_hours: amount.nullish().describe('Hours on all its GPUs; with gpu_count they are GPU-hours'),
  gpu_hours: amount.nullish().describe('GPU-hours of the whole training'),
  memory_gib: amount.nullish().describe('Total memory per GPU, in GiB'),
  model_memory_gib: amount.nullish().describe('Memory of weights, gradients and optimizer states, in GiB'),
  activation_memory_gib: amount.nullish().describe('Memory of activations, in GiB'),
  data_hours: amount.nullish().describe('Hours of recorded data that this scale needs'),
  cost_usd: price.nullish().describe('Cost of the whole training, in US dollars'),
  usd_per_million_tokens: price.nullish().describe('Cost of inference per million tokens, in US dollars'),
  notes: line(2_000).nullish().describe('What the row is for'),
  optional: z.boolean().nullish().describe("Work that the plan's total does not count"),
  validation: PlanFileValidation.nullish().describe(
    'Evidence of a finished run; without it the scale is not validated',
  ),
};

/** One row of the ladder. */
export const PlanFileScale = z.strictObject({
  ...row,
  parameters: count.describe('Parameters of the largest model of this scale: 10M, 1.5B'),
});

/** Named work with a budget. */
export const PlanFileStage = z.strictObject({
  ...row,
  parameters: count.nullish().describe('Parameters of its model'),
});

export const PlanFileTotal = z.strictObject({
  gpu_hours: amount.nullish().describe('Most GPU-hours of all rows together'),
  cost_usd: price.nullish().describe('Most that all rows together may cost, in US dollars'),
});

/** The numbers in the plan's advice: parameters of the rules of the same purpose. */
export const PlanFileRecommendations = z.strictObject({
  growth_factor: quantity
    .pipe(z.number().gt(1).max(1e6))
    .nullish()
    .describe('How many times larger than the last validated scale a run may be'),
  checkpoint_share: z.number().gt(0).max(1).nullish().describe('Share of the training between checkpoints: 0.1'),
  monitor: z.array(line(100)).max(100).nullish().describe('What runs must log: loss, grad_norm, memory'),
  augmentation_factor: quantity
    .pipe(z.number().gt(1).max(1e6))
    .nullish()
    .describe('By how much data augmentation divides the hours of data needed'),
});

/** A scaling plan in YAML (or JSON): the same as the Markdown plan. Its JSON schema is generated from this. */
export const PlanFile = z.strictObject({
  scalegate_plan: z.literal(1).describe('Marks the file as a scaling plan; the version of its format'),
  title: line(200).nullish().describe('Title of the plan; the path of the file by default'),
  baseline: runSchema.nullish().describe('The model that the plan starts from, as in a run config'),
  assumptions: factsSchema.nullish().describe('What holds for every run, as in a run config'),
  scales: z
    .array(PlanFileScale)
    .min(1)
    .max(100)
    .optional()
    .describe('The ladder, from the smallest scale to the largest'),
  stages: z
    .array(PlanFileStage)
    .min(1)
    .max(100)
    .optional()
    .describe('Named work with a budget: pretraining, SFT, GRPO …'),
  total: PlanFileTotal.nullish().describe('The cap of all rows together'),
  recommendations: PlanFileRecommendations.nullish().describe('Advice that rules hold runs to'),
});
