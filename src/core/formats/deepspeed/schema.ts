import { z } from 'zod';
import { as, flag, valueOf } from '../yaml-values.ts';

const device = z.object({ device: as(z.enum(['none', 'cpu', 'nvme'])) }).nullish();
const half = z.object({ enabled: flag }).nullish();

/** What is read of a DeepSpeed config (deepspeed.ai/docs/config-json); `auto` leaves a value to the trainer. */
export const DeepSpeed = z.object({
  train_batch_size: valueOf('training.global_batch_size'),
  train_micro_batch_size_per_gpu: valueOf('training.micro_batch_size'),
  gradient_accumulation_steps: valueOf('training.gradient_accumulation_steps'),
  optimizer: z.object({ type: as(z.string().max(200)) }).nullish(),
  bf16: half,
  bfloat16: half,
  fp16: half,
  data_types: z.object({ grad_accum_dtype: as(z.enum(['fp32', 'bf16', 'fp16'])) }).nullish(),
  zero_optimization: z
    .union([
      z.boolean(),
      z.object({
        stage: as(z.int().min(0).max(3)),
        reduce_bucket_size: valueOf('parallelism.reduce_bucket_size'),
        stage3_max_live_parameters: valueOf('parallelism.max_live_parameters'),
        stage3_max_reuse_distance: valueOf('parallelism.max_reuse_distance'),
        overlap_comm: flag,
        cpu_offload: flag,
        offload_optimizer: device,
        offload_param: device,
      }),
    ])
    .nullish(),
  tensor_parallel: z.object({ autotp_size: as(z.int().min(0).max(100_000)) }).nullish(),
});
