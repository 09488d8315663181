import { spellBy } from '../spell-by.ts';

/** How open_clip's arguments state a field (open_clip_train/params.py). */
export const spell = spellBy({
  'training.micro_batch_size': 'batch-size',
  'training.gradient_accumulation_steps': 'accum-freq',
  'training.activation_checkpointing': { key: 'grad-checkpointing', values: { full: '' } },
});
