import { spellBy } from '../spell-by.ts';

/** How LitGPT states a field (LitGPT, config_hub). */
export const spell = spellBy({
  'training.micro_batch_size': 'train.micro_batch_size',
  'training.sequence_length': 'train.max_seq_length',
});
