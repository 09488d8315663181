import { spellBy } from '../spell-by.ts';
import { trainingArguments } from '../training-arguments.ts';

/** How ms-swift's command lines state a field (ms-swift docs, command line parameters). */
export const spell = spellBy({
  ...trainingArguments,
  'training.sequence_length': 'max_length',
  'training.activation_checkpointing': { key: 'gradient_checkpointing', values: { none: 'false', full: 'true' } },
  'training.flash_attention': { key: 'attn_impl', values: { true: 'flash_attn' } },
  'training.fused_loss': { key: 'use_liger_kernel', values: { true: 'true' } },
  'training.method': {
    key: 'train_type',
    values: { lora: 'lora', qlora: { train_type: 'lora', quant_method: 'bnb', quant_bits: 4 } },
  },
  'parallelism.sharding': { key: 'deepspeed', values: { zero1: 'zero1', zero2: 'zero2', zero3: 'zero3' } },
});
