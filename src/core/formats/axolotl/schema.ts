import { z } from 'zod';
import { knownOptimizer } from '../known-optimizer.ts';
import { as, flag, valueOf } from '../yaml-values.ts';

const text = z.string().max(1000);
const words = z.union([text, z.array(text).max(1000)]).nullish();
const degree = as(z.int().min(-1).max(100_000));

/** `0` is how some write that a key is off. */
const orZero = <Value>(schema: z.ZodType<Value>) => z.preprocess((value) => (value === 0 ? null : value), schema);

const fsdpConfig = z.object({
  activation_checkpointing: flag,
  fsdp_activation_checkpointing: flag,
  offload_params: flag,
  fsdp_offload_params: flag,
  reshard_after_forward: flag,
  fsdp_reshard_after_forward: flag,
  sharding_strategy: text.nullish(),
  fsdp_sharding_strategy: text.nullish(),
});

/** What is read of an axolotl config (axolotl docs, "Config Reference"); every other key is let be. */
export const Axolotl = z.object({
  wandb_project: text.nullish(),
  rl: as(z.union([z.string().max(100), z.literal(false)])),
  sample_packing: flag,
  sequence_len: valueOf('training.sequence_length'),
  micro_batch_size: valueOf('training.micro_batch_size'),
  batch_size: valueOf('training.global_batch_size'),
  gradient_accumulation_steps: valueOf('training.gradient_accumulation_steps'),
  max_steps: as(z.int().min(-1).max(1e12)),
  num_epochs: as(z.number().min(0).max(1e6)),
  save_strategy: as(z.union([z.string(), z.literal(false)])),
  save_steps: as(orZero(z.number().gt(0).max(1e12).nullable())),
  saves_per_epoch: as(orZero(z.number().gt(0).max(1e6).nullable())),

  bf16: as(z.union([z.boolean(), z.literal('full')])),
  bfloat16: flag,
  fp16: flag,
  float16: flag,
  fp8: flag,
  optimizer: as(knownOptimizer),
  gradient_checkpointing: as(z.union([z.boolean(), z.string().max(100)])),
  activation_offloading: as(z.union([z.boolean(), z.enum(['legacy', 'disk', 'hidden_states'])])),
  torch_compile: flag,
  attn_implementation: text.nullish(),
  flash_attention: flag,
  sdp_attention: flag,
  xformers_attention: flag,
  flex_attention: flag,
  eager_attention: flag,
  liger_fused_linear_cross_entropy: flag,
  cut_cross_entropy: flag,
  plugins: z.array(z.unknown()).max(1000).nullish(),

  adapter: as(z.string().max(100)),
  unfrozen_parameters: as(z.array(z.unknown()).max(10_000)),
  lora_r: valueOf('training.lora.rank'),
  lora_dropout: valueOf('training.lora.dropout'),
  lora_target_modules: words,
  lora_target_linear: flag,
  lora_modules_to_save: as(z.array(z.string().max(200)).max(1000)),
  peft_use_dora: flag,
  load_in_4bit: flag,
  load_in_8bit: flag,
  gptq: flag,

  deepspeed: z.union([text, z.looseObject({})]).nullish(),
  fsdp: words,
  fsdp_version: as(z.int()),
  fsdp_config: fsdpConfig.nullish(),
  tensor_parallel_size: degree,
  context_parallel_size: degree,
  sequence_parallel_degree: degree,
  expert_parallel_size: degree,
  dp_shard_size: degree,
  dp_replicate_size: degree,
});

export type Axolotl = z.output<typeof Axolotl>;
