import { z } from 'zod';
import { knownOptimizer } from '../known-optimizer.ts';
import { as, flag, valueOf } from '../yaml-values.ts';

const strategy = as(z.union([z.enum(['no', 'steps', 'epoch', 'best']), z.literal(false)]));
const text = z.string().max(1000);

/** What is read of a LLaMA-Factory config (hparams/*.py and TrainingArguments); every other key is let be. */
export const LlamaFactory = z.object({
  run_name: text.nullish(),
  stage: as(z.string().max(100)),
  pref_loss: as(z.string().max(100)),
  packing: flag,
  cutoff_len: valueOf('training.sequence_length'),
  per_device_train_batch_size: valueOf('training.micro_batch_size'),
  gradient_accumulation_steps: valueOf('training.gradient_accumulation_steps'),
  max_steps: as(z.int().min(-1).max(1e12)),
  num_train_epochs: as(z.number().min(0).max(1e6)),
  save_strategy: strategy,
  save_steps: as(z.number().gt(0).max(1e12)),
  report_to: z.union([text, z.array(text).max(100)]).nullish(),

  bf16: flag,
  fp16: flag,
  pure_bf16: flag,
  fp8: flag,
  optim: as(knownOptimizer),
  use_muon: flag,
  use_galore: flag,
  galore_rank: valueOf('training.optimizer_rank'),
  use_apollo: flag,
  apollo_rank: valueOf('training.optimizer_rank'),
  use_adam_mini: flag,
  disable_gradient_checkpointing: flag,
  flash_attn: as(z.union([z.string().max(100), z.literal(false)])),
  enable_liger_kernel: flag,
  torch_compile: flag,
  use_unsloth: flag,

  freeze_vision_tower: flag,
  freeze_multi_modal_projector: flag,
  freeze_language_model: flag,
  finetuning_type: as(z.string().max(100)),
  lora_rank: valueOf('training.lora.rank'),
  lora_dropout: valueOf('training.lora.dropout'),
  lora_target: z.union([text, z.array(z.string().max(200)).max(1000)]).nullish(),
  use_dora: flag,
  additional_target: z.string().max(1000).nullish(),
  quantization_bit: as(z.int().min(1).max(16)),
  double_quantization: flag,

  deepspeed: z.union([text, z.looseObject({})]).nullish(),
  fsdp: z.union([text, z.array(text).max(100), z.boolean()]).nullish(),
  tensor_model_parallel_size: valueOf('parallelism.tensor'),
  pipeline_model_parallel_size: valueOf('parallelism.pipeline'),
  virtual_pipeline_model_parallel_size: valueOf('parallelism.virtual_pipeline'),
  context_parallel_size: valueOf('parallelism.context'),
  expert_model_parallel_size: valueOf('parallelism.expert'),
  sequence_parallel: flag,
  use_distributed_optimizer: flag,
  ray_num_workers: valueOf('hardware.count'),
});

export type LlamaFactory = z.output<typeof LlamaFactory>;
