import { z } from 'zod';
import { runFields } from '../../run/fields.ts';
import { optimizerNamed } from '../../run/optimizer-names.ts';

const dtypes = {
  bfloat16: 'bf16',
  bf16: 'bf16',
  float16: 'fp16',
  fp16: 'fp16',
  float32: 'fp32',
  fp32: 'fp32',
} as const;

const optimizer = z.string().transform((written) => {
  const inBackward = written.endsWith('_per_layer');
  const name = written.toLowerCase().replace(/_per_layer$/, '');
  const family = /(?:^|_)(galore|apollo)(?:_|$)/.exec(name)?.[1];
  return {
    optimizer: optimizerNamed(family ?? name.replace(/^adam8bit/, 'adamw8bit')) ?? ('unknown' as const),
    inBackward,
  };
});

/** What is read of the arguments of torchrun_main.py and main_pretrain.py, which keep weights and states in `dtype`. */
export const Arguments = z.object({
  max_length: runFields['training.sequence_length'].nullish(),
  batch_size: runFields['training.micro_batch_size'].nullish(),
  total_batch_size: runFields['training.global_batch_size'].nullish(),
  gradient_accumulation: runFields['training.gradient_accumulation_steps'].nullish(),
  num_training_steps: runFields['training.steps'].nullish(),
  save_every: runFields['training.checkpoint_every'].nullish(),
  dtype: z
    .enum(Object.keys(dtypes) as (keyof typeof dtypes)[])
    .transform((name) => dtypes[name])
    .nullish(),
  rank: runFields['training.optimizer_rank'].nullish(),
  optimizer: optimizer.nullish(),
  activation_checkpointing: z.unknown().optional(),
});

export type Arguments = z.output<typeof Arguments>;
