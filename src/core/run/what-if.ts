import type { Facts } from './facts.ts';
import type { RunField } from './fields.ts';
import { mergeFacts } from './merge-facts.ts';

/** What a config states, with some facts set otherwise; what says the same in other words gives way. */
export function withGiven(facts: Facts, given: Facts = {}): Facts {
  return mergeFacts(given, givingWay(facts, given));
}

/** Facts without those that would contradict the given ones, or belong to what these replace. */
export function givingWay(facts: Facts, given: Facts = {}): Facts {
  const replaced = replacedBy(facts, given);
  const left = Object.entries(facts).filter(([field]) => field in given || !replaced.has(field as RunField));
  return Object.fromEntries(left);
}

/** How long it trains is said in one of four ways; a number of epochs is one with the size of the data. */
const durations = ['training.tokens', 'training.samples', 'training.steps', 'training.epochs'] as const;

const split = ['hardware.count', 'parallelism.tensor', 'parallelism.pipeline', 'parallelism.context'] as const;

function replacedBy(facts: Facts, given: Facts): ReadonlySet<RunField> {
  const isGiven = (field: RunField): boolean => given[field] !== undefined;
  const replaced = new Set<RunField>();
  const replace = (...fields: readonly RunField[]): void => {
    for (const field of fields) replaced.add(field);
  };
  // Memory and price are the replaced GPU's
  if (isGiven('hardware.gpu')) replace('hardware.memory_gib', 'hardware.usd_per_gpu_hour');
  if (isGiven('model.id')) replace(...fieldsOf(facts).filter((field) => field.startsWith('model.')));
  if (durations.some(isGiven)) replace(...durations);
  if (isGiven('training.dataset_tokens')) replace('training.tokens', 'training.samples', 'training.steps');
  if (durations.slice(0, 3).some(isGiven)) replace('training.dataset_tokens');
  // Of micro batch, accumulation and global batch the last two follow, the global one where it is not stated
  if (isGiven('training.gradient_accumulation_steps')) replace('training.global_batch_size');
  else if (isGiven('training.global_batch_size')) replace('training.gradient_accumulation_steps');
  else if (isGiven('training.micro_batch_size') || split.some(isGiven)) {
    const { 'training.global_batch_size': global } = facts;
    if (global !== undefined) replace('training.gradient_accumulation_steps');
  }
  return replaced;
}

function fieldsOf(facts: Facts): RunField[] {
  // Facts have no other keys
  return Object.keys(facts) as RunField[];
}
