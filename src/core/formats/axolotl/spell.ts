import { spellBy } from '../spell-by.ts';

/** How axolotl states a field (axolotl docs, config reference). Sharding by DeepSpeed takes a file: FSDP does not. */
export const spell = spellBy({
  'training.micro_batch_size': 'micro_batch_size',
  'training.gradient_accumulation_steps': 'gradient_accumulation_steps',
  'training.sequence_length': 'sequence_len',
  'training.activation_checkpointing': { key: 'gradient_checkpointing', values: { none: false, full: true } },
  'training.activation_offload': { key: 'gradient_checkpointing', values: { true: 'offload' } },
  'training.flash_attention': { key: 'flash_attention', values: { true: true } },
  'training.fused_loss': { key: 'cut_cross_entropy', values: { true: true } },
  'training.optimizer': {
    key: 'optimizer',
    values: {
      adamw: 'adamw_torch_fused',
      'adamw-8bit': 'adamw_bnb_8bit',
      'paged-adamw': 'paged_adamw_32bit',
      'paged-adamw-8bit': 'paged_adamw_8bit',
      adafactor: 'adafactor',
    },
  },
  'training.method': {
    key: 'adapter',
    values: {
      lora: { adapter: 'lora', lora_r: 16, lora_alpha: 32, lora_target_linear: true },
      qlora: { adapter: 'qlora', load_in_4bit: true, lora_r: 16, lora_alpha: 32, lora_target_linear: true },
    },
  },
  'parallelism.tensor': 'tensor_parallel_size',
  'parallelism.context': 'context_parallel_size',
});
