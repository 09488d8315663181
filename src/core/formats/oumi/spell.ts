import { spellBy } from '../spell-by.ts';
import { trainingArguments } from '../training-arguments.ts';

/** How oumi states a field (oumi, core/configs). */
export const spell = spellBy({
  'training.micro_batch_size': 'training.per_device_train_batch_size',
  'training.gradient_accumulation_steps': 'training.gradient_accumulation_steps',
  'training.sequence_length': 'model.model_max_length',
  'training.activation_checkpointing': {
    key: 'training.enable_gradient_checkpointing',
    values: { none: false, full: true },
  },
  'training.flash_attention': { key: 'model.attn_implementation', values: { true: 'flash_attention_2' } },
  'training.fused_loss': { key: 'model.enable_liger_kernel', values: { true: true } },
  'training.optimizer': { key: 'training.optimizer', values: trainingArguments['training.optimizer'].values },
  'training.method': {
    key: 'training.use_peft',
    values: {
      lora: { 'training.use_peft': true, 'peft.lora_r': 16 },
      qlora: { 'training.use_peft': true, 'peft.lora_r': 16, 'peft.q_lora': true },
    },
  },
  'parallelism.sharding': {
    key: 'fsdp.enable_fsdp',
    values: {
      zero2: { 'fsdp.enable_fsdp': true, 'fsdp.sharding_strategy': 'SHARD_GRAD_OP' },
      zero3: { 'fsdp.enable_fsdp': true, 'fsdp.sharding_strategy': 'FULL_SHARD' },
    },
  },
});
