import { spellBy } from '../spell-by.ts';

/** How the flags of TrainingArguments and trl's ModelConfig state a field. */
export const spell = spellBy({
  'training.micro_batch_size': 'per_device_train_batch_size',
  'training.gradient_accumulation_steps': 'gradient_accumulation_steps',
  'training.activation_checkpointing': { key: 'gradient_checkpointing', values: { none: 'False', full: 'True' } },
  'training.fused_loss': { key: 'use_liger_kernel', values: { true: 'True' } },
  'training.flash_attention': { key: 'attn_implementation', values: { true: 'flash_attention_2' } },
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
    key: 'use_peft',
    values: {
      lora: { use_peft: 'True', lora_r: 16 },
      qlora: { use_peft: 'True', lora_r: 16, load_in_4bit: 'True' },
    },
  },
});
