import { spellBy } from '../spell-by.ts';

/** How MaxText states a field (MaxText, configs/base.yml). */
export const spell = spellBy({
  'training.micro_batch_size': 'per_device_batch_size',
  'training.gradient_accumulation_steps': 'gradient_accumulation_steps',
  'training.sequence_length': 'max_target_length',
  'training.activation_checkpointing': { key: 'remat_policy', values: { selective: 'minimal', full: 'full' } },
  'parallelism.tensor': 'ici_tensor_parallelism',
  'parallelism.context': 'ici_context_parallelism',
});
