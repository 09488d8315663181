import { spellBy } from '../spell-by.ts';

/** How SimpleTuner states a field (SimpleTuner docs, OPTIONS). */
export const spell = spellBy({
  'training.micro_batch_size': 'train_batch_size',
  'training.gradient_accumulation_steps': 'gradient_accumulation_steps',
  'training.activation_checkpointing': { key: 'gradient_checkpointing', values: { none: false, full: true } },
});
