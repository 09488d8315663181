import { spellBy } from '../spell-by.ts';

/** How OpenRLHF's command lines state a field (OpenRLHF, cli). */
export const spell = spellBy({
  'training.micro_batch_size': 'micro_train_batch_size',
  'training.activation_checkpointing': { key: 'gradient_checkpointing', values: { full: '' } },
  'training.flash_attention': { key: 'flash_attn', values: { true: '' } },
  'training.method': { key: 'lora_rank', values: { lora: 16 } },
  'parallelism.sharding': { key: 'zero_stage', values: { zero1: 1, zero2: 2, zero3: 3 } },
  'parallelism.cpu_offload': { key: 'adam_offload', values: { optimizer: '' } },
  'parallelism.context': 'ring_attn_size',
});
