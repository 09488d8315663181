import { spellBy } from '../spell-by.ts';

/** How Levanter states a field (Levanter docs, configuration guide). */
export const spell = spellBy({
  'training.micro_batch_size': 'trainer.per_device_parallelism',
  'training.activation_checkpointing': { key: 'model.gradient_checkpointing', values: { none: false, full: true } },
  'parallelism.tensor': 'trainer.model_axis_size',
});
