import { spellBy } from '../spell-by.ts';

/** How OLMo states a field (OLMo, olmo/config.py). */
export const spell = spellBy({
  'training.micro_batch_size': 'device_train_microbatch_size',
  'training.activation_checkpointing': {
    key: 'activation_checkpointing',
    values: { selective: 'fine_grained', full: 'whole_layer' },
  },
  'training.flash_attention': { key: 'model.flash_attention', values: { true: true } },
  'training.fused_loss': { key: 'fused_loss', values: { true: true } },
});
