import { spellBy } from '../spell-by.ts';
import { trainingArguments } from '../training-arguments.ts';

/** How TrainingArguments and trl's ModelConfig state a field (transformers, TrainingArguments; trl, ModelConfig). */
export const spell = spellBy({
  ...trainingArguments,
  'training.activation_checkpointing': { key: 'gradient_checkpointing', values: { none: false, full: true } },
  'training.activation_offload': 'activation_offloading',
  'training.fused_loss': 'use_liger_kernel',
  'training.flash_attention': { key: 'attn_implementation', values: { true: 'flash_attention_2', false: 'eager' } },
  'training.method': {
    key: 'use_peft',
    values: {
      lora: { use_peft: true, lora_r: 16, lora_target_modules: 'all-linear' },
      qlora: { use_peft: true, lora_r: 16, lora_target_modules: 'all-linear', load_in_4bit: true },
    },
  },
  'parallelism.sharding': { key: 'fsdp', values: { zero2: 'shard_grad_op auto_wrap', zero3: 'full_shard auto_wrap' } },
});
