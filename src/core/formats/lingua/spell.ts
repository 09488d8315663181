import { spellBy } from '../spell-by.ts';

/** How Meta Lingua states a field (lingua, apps/main/configs). */
export const spell = spellBy({
  'training.micro_batch_size': 'data.batch_size',
  'training.gradient_accumulation_steps': 'grad_acc_steps',
  'training.sequence_length': 'data.seq_len',
  'training.activation_checkpointing': {
    key: 'distributed.selective_activation_checkpointing',
    values: { none: false, selective: true },
  },
  'parallelism.tensor': 'distributed.tp_size',
  'parallelism.sharding': { key: 'distributed.fsdp_type', values: { zero3: 'full_shard' } },
});
