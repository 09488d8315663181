import { spellBy } from '../spell-by.ts';
import { trainingArguments } from '../training-arguments.ts';

/** How LLaMA-Factory states a field (LLaMA-Factory, src/llamafactory/hparams). Sharding takes a DeepSpeed file. */
export const spell = spellBy({
  ...trainingArguments,
  'training.sequence_length': 'cutoff_len',
  'training.activation_checkpointing': { key: 'disable_gradient_checkpointing', values: { none: true, full: false } },
  'training.flash_attention': { key: 'flash_attn', values: { true: 'fa2' } },
  'training.fused_loss': { key: 'enable_liger_kernel', values: { true: true } },
  'training.method': {
    key: 'finetuning_type',
    values: {
      lora: { finetuning_type: 'lora', lora_rank: 8, lora_target: 'all' },
      qlora: { finetuning_type: 'lora', lora_rank: 8, lora_target: 'all', quantization_bit: 4 },
    },
  },
});
