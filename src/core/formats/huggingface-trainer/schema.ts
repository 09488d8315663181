import { z } from 'zod';
import { runFields } from '../../run/fields.ts';
import { optimizerWithImplementation } from '../known-optimizer.ts';
import { as, flag } from '../yaml-values.ts';

/** `no` without quotes is false to PyYAML. */
const strategy = z.union([z.enum(['no', 'steps', 'epoch', 'best']), z.literal(false)]).nullish();

const dtype = z.enum(['auto', 'bfloat16', 'float16', 'float32']).nullish();

const fsdpOptions = [
  'full_shard',
  'shard_grad_op',
  'hybrid_shard',
  'hybrid_shard_zero2',
  'no_shard',
  'offload',
  'auto_wrap',
] as const;

/** A list, words in one text, or true for full_shard. */
const fsdp = z.union([z.boolean(), z.string(), z.array(z.string())]).transform((value, context) => {
  if (typeof value === 'boolean') return value ? [fsdpOptions[0]] : [];
  const words = typeof value === 'string' ? value.split(/[\s,]+/).filter((word) => word !== '') : value;
  const options = words.map((word) => fsdpOptions.find((option) => option === word));
  const known = options.filter((option) => option !== undefined);
  if (known.length === options.length) return known;
  context.addIssue({ code: 'custom', message: `options out of ${fsdpOptions.join(', ')}` });
  return z.NEVER;
});

const sequenceLength = runFields['training.sequence_length'].nullish();

/** What is read of TrainingArguments, trl's configs and its ModelConfig; every other key is let be. */
export const TrainingArguments = z.object({
  model_name_or_path: runFields['model.id'].nullish(),
  run_name: z.string().nullish(),

  packing: flag,
  max_length: sequenceLength,
  max_seq_length: sequenceLength,
  max_prompt_length: sequenceLength,
  max_completion_length: sequenceLength,
  per_device_train_batch_size: runFields['training.micro_batch_size'].nullish(),
  gradient_accumulation_steps: runFields['training.gradient_accumulation_steps'].nullish(),
  max_steps: z.int().min(-1).max(1e12).nullish(),
  num_train_epochs: z.number().min(0).max(1e6).nullish(),

  bf16: flag,
  fp16: flag,
  dtype,
  torch_dtype: dtype,
  optim: optimizerWithImplementation.nullish(),
  gradient_checkpointing: as(z.union([z.boolean(), z.string().max(100)])),
  activation_offloading: flag,
  attn_implementation: z.string().max(200).nullish(),
  use_flash_attention_2: flag,
  use_liger_kernel: flag,
  use_liger: flag,
  use_liger_loss: flag,
  torch_compile: flag,

  use_peft: flag,
  lora_dropout: runFields['training.lora.dropout'].nullish(),
  lora_r: runFields['training.lora.rank'].nullish(),
  lora_target_modules: z.union([z.string().max(200), runFields['training.lora.target_modules']]).nullish(),
  lora_modules_to_save: runFields['training.lora.trained_modules'].nullish(),
  use_dora: flag,
  load_in_4bit: flag,
  load_in_8bit: flag,
  bnb_4bit_use_double_quant: flag,
  use_bnb_nested_quant: flag,

  save_strategy: strategy,
  save_steps: z.number().gt(0).max(1e12).nullish(),
  logging_strategy: strategy,
  report_to: z.union([z.string().max(200), z.array(z.string().max(200)).max(100)]).nullish(),

  /** The class of the arguments, where a program names it. */
  trl_config: z.string().max(200).nullish(),
  beta: z.number().min(0).max(1000).nullish(),
  loss_type: z.union([z.string(), z.array(z.string())]).nullish(),
  precompute_ref_log_probs: flag,
  desirable_weight: z.number().nullish(),
  num_generations: z.int().min(1).max(1e6).nullish(),
  reward_funcs: z.unknown().optional(),
  use_vllm: flag,
  vllm_mode: z.string().max(200).nullish(),
  vllm_gpu_memory_utilization: runFields['training.engine_memory_share'].nullish(),
  vllm_enable_sleep_mode: flag,

  accelerator_config: z
    .union([z.string(), z.object({ gradient_accumulation_kwargs: z.object({ sync_each_batch: flag }).nullish() })])
    .nullish(),
  deepspeed: z.union([z.string(), z.looseObject({})]).nullish(),
  fsdp: fsdp.nullish(),
  fsdp_config: z
    .union([
      z.string(),
      z.object({ activation_checkpointing: flag, version: z.union([z.literal(1), z.literal(2)]).nullish() }),
    ])
    .nullish(),
});

export type TrainingArguments = z.output<typeof TrainingArguments>;
