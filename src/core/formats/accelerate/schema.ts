import { z } from 'zod';
import { as, flag, valueOf } from '../yaml-values.ts';

const device = as(z.enum(['none', 'cpu', 'nvme']));
const strategy = as(z.union([z.string().max(100), z.int().min(1).max(5)]));
const degree = as(z.int().min(-1).max(100_000));

/** What is read of an Accelerate config (accelerate docs, "Accelerator config files"); every other key is let be. */
export const Accelerate = z.object({
  distributed_type: as(z.union([z.string().max(100), z.literal(false)])),
  num_processes: degree,
  mixed_precision: as(z.union([z.enum(['fp16', 'bf16', 'fp8']), z.literal(false)])),
  dynamo_config: z.object({ dynamo_backend: as(z.union([z.string().max(100), z.literal(false)])) }).nullish(),
  deepspeed_config: z
    .object({
      deepspeed_config_file: z.string().max(1000).nullish(),
      zero_stage: as(z.int().min(0).max(3)),
      gradient_accumulation_steps: valueOf('training.gradient_accumulation_steps'),
      offload_optimizer_device: device,
      offload_param_device: device,
    })
    .nullish(),
  fsdp_config: z
    .object({
      fsdp_sharding_strategy: strategy,
      fsdp_reshard_after_forward: as(z.union([z.boolean(), z.string().max(100)])),
      fsdp_version: as(z.union([z.literal(1), z.literal(2)])),
      fsdp_offload_params: flag,
      fsdp_activation_checkpointing: flag,
    })
    .nullish(),
  megatron_lm_config: z
    .object({
      megatron_lm_tp_degree: degree,
      megatron_lm_pp_degree: degree,
      megatron_lm_sequence_parallelism: flag,
      megatron_lm_recompute_activations: flag,
      megatron_lm_use_distributed_optimizer: flag,
    })
    .nullish(),
  parallelism_config: z
    .object({
      parallelism_config_tp_size: degree,
      parallelism_config_cp_size: degree,
      parallelism_config_sp_size: degree,
      parallelism_config_dp_replicate_size: degree,
      parallelism_config_dp_shard_size: degree,
    })
    .nullish(),
});

export type Accelerate = z.output<typeof Accelerate>;
