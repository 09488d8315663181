import { spellBy } from '../spell-by.ts';

/** How ms-swift's command lines state a field (ms-swift docs, command line parameters). */
export const spell = spellBy({
  'training.micro_batch_size': 'per_device_train_batch_size',
  'training.gradient_accumulation_steps': 'gradient_accumulation_steps',
  'training.sequence_length': 'max_length',
  'training.activation_checkpointing': { key: 'gradient_checkpointing', values: { none: 'false', full: 'true' } },
  'training.flash_attention': { key: 'attn_impl', values: { true: 'flash_attn' } },
  'training.fused_loss': { key: 'use_liger_kernel', values: { true: 'true' } },
  'training.optimizer': {
    key: 'optim',
    values: {
      adamw: 'adamw_torch',
      'adamw-8bit': 'adamw_bnb_8bit',
      'paged-adamw': 'paged_adamw_32bit',
      'paged-adamw-8bit': 'paged_adamw_8bit',
      adafactor: 'adafactor',
      sgd: 'sgd',
      lion: 'lion_32bit',
    },
  },
  'training.method': {
    key: 'train_type',
    values: { lora: 'lora', qlora: { train_type: 'lora', quant_method: 'bnb', quant_bits: 4 } },
  },
  'parallelism.sharding': { key: 'deepspeed', values: { zero1: 'zero1', zero2: 'zero2', zero3: 'zero3' } },
});
