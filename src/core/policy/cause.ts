import { startOf, type Place } from '../problem.ts';
import type { Fact } from '../run/facts.ts';
import { runFields, type RunField } from '../run/fields.ts';
import type { EstimatedRun, RunPair } from './rule.ts';

/**
 * The line of the config that caused a finding: among the fields that the rule looks at, the first whose value the
 * pull request changes; else the first that the config states; else the top of the file.
 */
export function causeOf(pair: RunPair, fields: readonly RunField[]): Place {
  const stated = fields.filter((field) => statedIn(pair.head, field) !== null);
  const changed = pair.base === null ? undefined : stated.find((field) => hasChanged(pair, field));
  const cause = changed ?? stated[0];
  const place = cause === undefined ? null : statedIn(pair.head, cause)?.place;
  return place ?? startOf(pair.path);
}

/** The config's own word; values of policy and plan stand in files that the finding is not about. */
function statedIn(side: EstimatedRun | null, field: RunField): Fact<unknown> | null {
  const fact = side?.run.facts[field];
  return fact?.authority === 'config' && fact.place !== null ? fact : null;
}

function hasChanged(pair: RunPair, field: RunField): boolean {
  return JSON.stringify(statedIn(pair.base, field)?.value) !== JSON.stringify(statedIn(pair.head, field)?.value);
}

/** What parameters are counted from. */
export const parameterFields = fieldsUnder('model.');

/** What memory per GPU depends on, the usual culprits first. */
export const memoryFields: readonly RunField[] = [
  ...parameterFields,
  'training.micro_batch_size',
  'training.sequence_length',
  'training.activation_checkpointing',
  'training.optimizer',
  'training.precision',
  'training.method',
  'training.lora.rank',
  'training.lora.target_modules',
  'training.quantization.bits',
  'training.flash_attention',
  'training.fused_loss',
  'training.activation_offload',
  'training.global_batch_size',
  'training.gradient_accumulation_steps',
  ...fieldsUnder('parallelism.'),
  'hardware.gpu',
  'hardware.memory_gib',
  'hardware.count',
];

/** What GPU-hours and cost depend on. */
export const costFields: readonly RunField[] = [
  ...parameterFields,
  'training.tokens',
  'training.samples',
  'training.steps',
  'training.epochs',
  'training.dataset_tokens',
  'training.global_batch_size',
  'training.micro_batch_size',
  'training.gradient_accumulation_steps',
  'training.sequence_length',
  'training.precision',
  'training.activation_checkpointing',
  'hardware.gpu',
  'hardware.count',
  'hardware.usd_per_gpu_hour',
];

function fieldsUnder(prefix: string): readonly RunField[] {
  // runFields is the closed list of fields, so its keys are exactly RunField
  return (Object.keys(runFields) as RunField[]).filter((field) => field.startsWith(prefix));
}
