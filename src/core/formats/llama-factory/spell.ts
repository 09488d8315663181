import { spellBy } from '../spell-by.ts';

/** How LLaMA-Factory states a field (LLaMA-Factory, src/llamafactory/hparams). Sharding takes a DeepSpeed file. */
export const spell = spellBy({
  'training.micro_batch_size': 'per_device_train_batch_size',
  'training.gradient_accumulation_steps': 'gradient_accumulation_steps',
  'training.sequence_length': 'cutoff_len',
  'training.activation_checkpointing': { key: 'disable_gradient_checkpointing', values: { none: true, full: false } },
  'training.flash_attention': { key: 'flash_attn', values: { true: 'fa2' } },
  'training.fused_loss': { key: 'enable_liger_kernel', values: { true: true } },
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
    key: 'finetuning_type',
    values: {
      lora: { finetuning_type: 'lora', lora_rank: 8, lora_target: 'all' },
      qlora: { finetuning_type: 'lora', lora_rank: 8, lora_target: 'all', quantization_bit: 4 },
    },
  },
});
