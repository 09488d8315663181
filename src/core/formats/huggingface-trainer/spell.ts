import type { Writable } from '../../document/document.ts';
import type { RunField } from '../../run/fields.ts';
import type { Spelling } from '../format.ts';

/** How TrainingArguments and trl's ModelConfig state a field; null for what their keys cannot say, or only together. */
export function spell(field: RunField, value: Writable): Spelling | null {
  const key = keys[field];
  const spelled = values[field] === undefined ? value : values[field][String(value)];
  return key === undefined || spelled === undefined ? null : { keys: [key], value: spelled };
}

const keys: Readonly<Partial<Record<RunField, string>>> = {
  'training.micro_batch_size': 'per_device_train_batch_size',
  'training.gradient_accumulation_steps': 'gradient_accumulation_steps',
  'training.activation_checkpointing': 'gradient_checkpointing',
  'training.activation_offload': 'activation_offloading',
  'training.fused_loss': 'use_liger_kernel',
  'training.flash_attention': 'attn_implementation',
  'training.optimizer': 'optim',
  'parallelism.sharding': 'fsdp',
};

/** Values that the Trainer calls otherwise (transformers, TrainingArguments); those that are missing it has not. */
const values: Readonly<Partial<Record<RunField, Readonly<Record<string, Writable>>>>> = {
  'training.activation_checkpointing': { none: false, full: true },
  'training.flash_attention': { true: 'flash_attention_2', false: 'eager' },
  'training.optimizer': {
    adamw: 'adamw_torch',
    'adamw-8bit': 'adamw_bnb_8bit',
    'paged-adamw': 'paged_adamw_32bit',
    'paged-adamw-8bit': 'paged_adamw_8bit',
    adafactor: 'adafactor',
    sgd: 'sgd',
    lion: 'lion_32bit',
  },
  'parallelism.sharding': { zero2: 'shard_grad_op auto_wrap', zero3: 'full_shard auto_wrap' },
};
