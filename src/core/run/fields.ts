import { z } from 'zod';
import { dataFields } from './fields/data-fields.ts';
import { hardwareFields } from './fields/hardware-fields.ts';
import { modelFields } from './fields/model-fields.ts';
import { parallelismFields } from './fields/parallelism-fields.ts';
import { trainingFields } from './fields/training-fields.ts';

/**
 * Every fact that a training run can state, under the name it has in scalegate's own run config.
 * The one list of fields: the run config's schema, the policy's assumptions, provenance, messages and the JSON output
 * all use these names. What a field is for stands in its description, which the JSON schema and the docs print.
 */
export const runFields = {
  name: z.string().max(200).describe('Name shown in reports; the file name by default'),
  ...modelFields,
  ...trainingFields,
  ...parallelismFields,
  ...dataFields,
  ...hardwareFields,
} as const satisfies Record<string, z.ZodType>;

export type RunField = keyof typeof runFields;

export function isRunField(name: string): name is RunField {
  return Object.hasOwn(runFields, name);
}

/** What the maps are about that the dots of the names stand for. */
export const fieldGroups: ReadonlyMap<string, string> = new Map([
  ['model', 'The model that is trained; without the groups below it is a decoder-only transformer'],
  ['model.moe', 'Mixture of experts, for a model that has any'],
  ['model.mla', 'Multi-head latent attention (DeepSeek-V2), for a model that has it'],
  ['model.mamba', 'State-space layers, for the kinds mamba and mamba2'],
  ['model.linear_attention', 'Attention without softmax, for the kind linear_attention'],
  ['model.short_convolution', 'For the kind short_convolution'],
  ['model.gated_recurrence', 'For the kind gated_recurrence'],
  ['model.cross_attention', 'For the kind cross_attention'],
  ['training', 'How it is trained, and for how long'],
  ['training.lora', 'Adapters, for the methods lora and qlora'],
  ['training.quantization', 'How frozen base weights are stored'],
  ['parallelism', 'How model and batch are split over the GPUs'],
  ['data', 'The recorded data that it is trained on'],
  ['hardware', 'The GPUs of the run'],
]);

/** Facts that a config cannot state, or a pull request could lower its own cost: price and utilization are the team's to set. */
export const policyFields: readonly RunField[] = ['hardware.usd_per_gpu_hour', 'training.mfu'];

/** The type of each field's value, once read. */
export type RunValues = { readonly [Field in RunField]: z.output<(typeof runFields)[Field]> };
