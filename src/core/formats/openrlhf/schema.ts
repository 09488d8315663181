import { z } from 'zod';
import { runFields } from '../../run/fields.ts';

const model = runFields['model.id'].nullish();
const length = runFields['training.sequence_length'].nullish();
const micro = runFields['training.micro_batch_size'].nullish();
const global = runFields['training.global_batch_size'].nullish();
const degree = runFields['parallelism.tensor'].nullish();
const rank = z.int().min(0).max(100_000).nullish();
const stage = z.int().min(0).max(3).nullish();
const epochs = z.number().min(0).max(1e6).nullish();
const steps = z.number().min(-1).max(1e12).nullish();
/** A switch is on where it stands; what follows it is another argument. */
const on = z
  .unknown()
  .transform((value) => value !== false)
  .optional();

/** What is read of the arguments of openrlhf.cli; since version 0.10 they have dots. */
export const Arguments = z.object({
  pretrain: model,
  'model.model_name_or_path': model,
  'actor.model_name_or_path': model,
  max_len: length,
  'data.max_len': length,
  prompt_max_len: length,
  generate_max_len: length,
  micro_train_batch_size: micro,
  'train.micro_batch_size': micro,
  train_batch_size: global,
  'train.batch_size': global,
  max_epochs: epochs,
  'train.max_epochs': epochs,
  save_steps: steps,
  'ckpt.save_steps': steps,
  bf16: on,
  'ds.param_dtype': z.string().nullish(),
  zero_stage: stage,
  'ds.zero_stage': stage,
  adam_offload: on,
  'ds.adam_offload': on,
  gradient_checkpointing: on,
  'model.gradient_checkpointing_enable': on,
  'actor.gradient_checkpointing_enable': on,
  flash_attn: on,
  lora_rank: rank,
  'ds.lora.rank': rank,
  ring_attn_size: degree,
  'ds.ring_attn_size': degree,
  ds_tensor_parallel_size: degree,
  'ds.tensor_parallel_size': degree,
  actor_num_nodes: degree,
  actor_num_gpus_per_node: degree,
  'actor.num_nodes': degree,
  'actor.num_gpus_per_node': degree,
  vllm_gpu_memory_utilization: runFields['training.engine_memory_share'].nullish(),
  'vllm.gpu_memory_utilization': runFields['training.engine_memory_share'].nullish(),
  vllm_num_engines: z.int().min(0).max(100_000).nullish(),
  vllm_enable_sleep: on,
  'vllm.enable_sleep': on,
  ref_offload: on,
  init_kl_coef: z.number().min(0).max(1e6).nullish(),
  colocate_all_models: on,
  'train.colocate_all': on,
  async_train: on,
  'train.async_enable': on,
});

export type Arguments = z.output<typeof Arguments>;
