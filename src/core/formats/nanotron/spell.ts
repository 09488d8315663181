import { spellBy } from '../spell-by.ts';

/** How nanotron states a field (nanotron, config/config.py). */
export const spell = spellBy({
  'training.micro_batch_size': 'tokens.micro_batch_size',
  'training.gradient_accumulation_steps': 'tokens.batch_accumulation_per_replica',
  'training.sequence_length': 'tokens.sequence_length',
  'training.activation_checkpointing': { key: 'parallelism.recompute_layer', values: { none: false, full: true } },
  'parallelism.sharding': { key: 'optimizer.zero_stage', values: { zero1: 1 } },
});
