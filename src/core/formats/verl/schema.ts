import { z } from 'zod';
import { runFields } from '../../run/fields.ts';

const degree = runFields['parallelism.tensor'].nullish();
const length = runFields['training.sequence_length'].nullish();
const size = z.int().min(0).max(100_000_000).nullish();
const flag = z.boolean().nullish();
const text = z.string().max(200).nullish();
/** -1 and the like stand for "not set". */
const steps = z.int().min(-1).max(1e12).nullish();

/** What is read of verl's overrides; every other key is let be. */
export const Overrides = z.object({
  'actor_rollout_ref.model.path': text,
  'model.partial_pretrain': text,
  'model.path': text,
  'data.max_prompt_length': length,
  'data.max_response_length': length,
  'data.max_length': length,
  'data.train_batch_size': size,
  'data.micro_batch_size_per_gpu': size,

  'actor_rollout_ref.actor.ppo_micro_batch_size_per_gpu': size,
  'actor_rollout_ref.actor.strategy': text,
  'actor_rollout_ref.actor.fsdp_config.model_dtype': text,
  'actor_rollout_ref.actor.fsdp_config.reshard_after_forward': flag,
  'actor_rollout_ref.actor.ulysses_sequence_parallel_size': degree,
  'actor_rollout_ref.actor.megatron.tensor_model_parallel_size': degree,
  'actor_rollout_ref.actor.megatron.pipeline_model_parallel_size': degree,
  'actor_rollout_ref.actor.megatron.virtual_pipeline_model_parallel_size': degree,
  'actor_rollout_ref.actor.megatron.context_parallel_size': degree,
  'actor_rollout_ref.actor.megatron.expert_model_parallel_size': degree,
  'actor_rollout_ref.actor.megatron.override_transformer_config.recompute_granularity': z
    .enum(['full', 'selective'])
    .nullish(),
  'actor_rollout_ref.model.enable_gradient_checkpointing': flag,
  'model.enable_gradient_checkpointing': flag,
  'actor_rollout_ref.model.use_fused_kernels': flag,
  'actor_rollout_ref.model.lora_rank': size,
  'model.lora_rank': size,

  'actor_rollout_ref.actor.use_dynamic_bsz': flag,
  'actor_rollout_ref.actor.ppo_max_token_len_per_gpu': size,
  'actor_rollout_ref.actor.use_kl_loss': flag,
  'actor_rollout_ref.ref.fsdp_config.param_offload': flag,
  'actor_rollout_ref.ref.megatron.param_offload': flag,
  'actor_rollout_ref.rollout.free_cache_engine': flag,
  'actor_rollout_ref.rollout.gpu_memory_utilization': runFields['training.engine_memory_share'].nullish(),

  'trainer.n_gpus_per_node': degree,
  'trainer.nnodes': degree,
  'trainer.total_training_steps': steps,
  'trainer.total_epochs': z.number().min(0).max(1e6).nullish(),
  'trainer.save_freq': steps,
  'trainer.experiment_name': text,
});

export type Overrides = z.output<typeof Overrides>;
