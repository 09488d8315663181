import { z } from 'zod';
import { runFields } from '../../run/fields.ts';

const degree = runFields['parallelism.tensor'].nullish();
const flag = z.boolean().nullish();
const text = z
  .union([z.string().max(200), z.number(), z.boolean()])
  .transform(String)
  .nullish();
const steps = z.number().min(-1).max(1e12).nullish();

/** What is read of ms-swift's arguments (swift.readthedocs.io, "Command-line parameters") and of `megatron sft`. */
export const Arguments = z.object({
  model: runFields['model.id'].nullish(),
  model_id_or_path: runFields['model.id'].nullish(),
  load: runFields['model.id'].nullish(),
  mcore_model: runFields['model.id'].nullish(),
  max_length: runFields['training.sequence_length'].nullish(),
  per_device_train_batch_size: runFields['training.micro_batch_size'].nullish(),
  micro_batch_size: runFields['training.micro_batch_size'].nullish(),
  gradient_accumulation_steps: runFields['training.gradient_accumulation_steps'].nullish(),
  global_batch_size: runFields['training.global_batch_size'].nullish(),
  num_train_epochs: z.number().min(0).max(1e6).nullish(),
  max_epochs: z.number().min(0).max(1e6).nullish(),
  max_steps: steps,
  train_iters: steps,
  save_steps: steps,
  save_interval: steps,

  torch_dtype: text,
  bf16: flag,
  fp16: flag,
  fp8_format: text,
  optim: text,
  optimizer: text,
  packing: flag,
  rlhf_type: text,
  use_vllm: flag,
  vllm_mode: text,
  vllm_gpu_memory_utilization: runFields['training.engine_memory_share'].nullish(),
  sleep_level: z.number().nullish(),
  gradient_checkpointing: flag,
  recompute_granularity: z.enum(['full', 'selective', 'none']).nullish(),
  attn_impl: text,
  attention_backend: text,
  use_liger_kernel: flag,
  cross_entropy_loss_fusion: flag,

  freeze_vit: flag,
  freeze_aligner: flag,
  freeze_llm: flag,

  train_type: text,
  tuner_type: text,
  sft_type: text,
  lora_rank: runFields['training.lora.rank'].nullish(),
  target_modules: z
    .union([
      z
        .string()
        .max(200)
        .transform((module) => [module]),
      runFields['training.lora.target_modules'],
    ])
    .nullish(),
  quant_bits: z.int().min(0).max(8).nullish(),

  deepspeed: text,
  fsdp: text,
  tensor_model_parallel_size: degree,
  pipeline_model_parallel_size: degree,
  decoder_first_pipeline_num_layers: z.unknown().optional(),
  decoder_last_pipeline_num_layers: z.unknown().optional(),
  pipeline_model_parallel_layout: z.unknown().optional(),
  context_parallel_size: degree,
  expert_model_parallel_size: degree,
  sequence_parallel_size: degree,
  sequence_parallel: flag,
  optimizer_cpu_offload: flag,
  use_precision_aware_optimizer: flag,
});

export type Arguments = z.output<typeof Arguments>;
