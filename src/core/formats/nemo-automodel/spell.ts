import { spellBy } from '../spell-by.ts';

/** How NeMo Automodel states a field (Automodel docs, recipes). */
export const spell = spellBy({
  'training.micro_batch_size': 'step_scheduler.local_batch_size',
  'training.activation_checkpointing': {
    key: 'distributed.activation_checkpointing',
    values: { none: false, full: true },
  },
  'parallelism.tensor': 'distributed.tp_size',
  'parallelism.pipeline': 'distributed.pp_size',
  'parallelism.context': 'distributed.cp_size',
  'parallelism.sequence_parallel': 'distributed.sequence_parallel',
});
