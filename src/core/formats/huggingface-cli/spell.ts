import { spellBy } from '../spell-by.ts';
import { trainingArguments } from '../training-arguments.ts';

/** How the flags of TrainingArguments and trl's ModelConfig state a field. */
export const spell = spellBy({
  ...trainingArguments,
  'training.activation_checkpointing': { key: 'gradient_checkpointing', values: { none: 'False', full: 'True' } },
  'training.fused_loss': { key: 'use_liger_kernel', values: { true: 'True' } },
  'training.flash_attention': { key: 'attn_implementation', values: { true: 'flash_attention_2' } },
  'training.method': {
    key: 'use_peft',
    values: {
      lora: { use_peft: 'True', lora_r: 16 },
      qlora: { use_peft: 'True', lora_r: 16, load_in_4bit: 'True' },
    },
  },
});
