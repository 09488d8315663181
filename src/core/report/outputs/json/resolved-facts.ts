import { z } from 'zod';
import { printPlace } from '../../../problem.ts';
import type { Fact } from '../../../run/facts.ts';
import type { RunField } from '../../../run/fields.ts';
import type { TrainingRun } from '../../../run/training-run.ts';

/** What a run comes to where config, launcher, policy, plan and defaults are put together, for tools. */
export const ResolvedFact = z.strictObject({
  field: z.string().describe('Name of the fact in the run config'),
  // Described each, so that the schema has `anyOf`: strict validators refuse a list of types.
  value: z
    .union([z.string().describe('A name'), z.number().describe('A number'), z.boolean().describe('Yes or no')])
    .describe('Value that the figures rest on'),
  source: z
    .enum(['command-line', 'config', 'policy', 'plan', 'catalog', 'default'])
    .describe('Who says so; default: nobody, or derived from the others'),
  place: z.string().nullable().describe('File, line and column; null where no file says it'),
});

export type ResolvedFact = z.infer<typeof ResolvedFact>;

/** The facts that decide memory, hours and cost; those without a value are left out. */
export function resolvedFacts({ training, parallelism, hardware, facts }: TrainingRun): ResolvedFact[] {
  const values: readonly (readonly [RunField, string | number | boolean | null])[] = [
    ['training.method', training.method],
    ['training.sequence_length', training.sequenceLength],
    ['training.micro_batch_size', training.microBatchSize],
    ['training.global_batch_size', training.globalBatchSize],
    ['training.precision', training.precision],
    ['training.optimizer', training.optimizer],
    ['training.activation_checkpointing', training.activationCheckpointing],
    ['training.tokens', training.tokens],
    ['training.steps', training.steps],
    ['parallelism.sharding', parallelism.sharding],
    ['parallelism.tensor', parallelism.tensor],
    ['parallelism.pipeline', parallelism.pipeline],
    ['parallelism.context', parallelism.context],
    ['parallelism.expert', parallelism.expert],
    ['hardware.gpu', hardware.gpu?.name ?? null],
    ['hardware.count', hardware.count],
  ];
  return values.flatMap(([field, value]): ResolvedFact[] => {
    if (value === null) return [];
    const fact: Fact<unknown> | undefined = facts[field];
    const place = fact?.place == null ? null : printPlace(fact.place);
    return [{ field, value, source: fact?.authority ?? 'default', place }];
  });
}
