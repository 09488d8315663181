import { z } from 'zod';
import { quantity } from '../../units/quantity.ts';
import { degree } from './bounds.ts';

/** How model and batch are split over the GPUs. */
export const parallelismFields = {
  'parallelism.sharding': z
    .enum(['none', 'ddp', 'zero1', 'zero2', 'zero3', 'hsdp'])
    .describe('What data parallel ranks divide; zero3 is also written fsdp'),
  'parallelism.sharding_engine': z
    .enum(['fsdp', 'deepspeed', 'megatron'])
    .describe('What divides them, where the trainer has several (Hugging Face); each keeps other copies and buffers'),
  'parallelism.fsdp_version': z
    .union([z.literal(1), z.literal(2)])
    .describe('1: FullyShardedDataParallel, 2: fully_shard'),
  'parallelism.shard_ranks': degree.describe('hsdp: ranks that divide states; the others repeat them. 8 by default'),
  'parallelism.sync_each_batch': z
    .boolean()
    .describe('Gradients are reduced after each micro batch; false keeps them whole while they accumulate (no_sync)'),
  'parallelism.reduce_precision': z.enum(['fp32', 'bf16']).describe('Type in which gradients are reduced'),
  'parallelism.reduce_bucket_size': quantity
    .pipe(z.number().min(0).max(1e13))
    .describe('DeepSpeed: elements that are reduced at once'),
  'parallelism.max_live_parameters': quantity
    .pipe(z.number().min(0).max(1e13))
    .describe('DeepSpeed: stage3_max_live_parameters'),
  'parallelism.max_reuse_distance': quantity
    .pipe(z.number().min(0).max(1e13))
    .describe('DeepSpeed: stage3_max_reuse_distance'),
  'parallelism.gradient_as_bucket_view': z
    .boolean()
    .describe('DDP: gradients live in the buckets that are reduced, and have no copy there'),
  'parallelism.overlap_comm': z.boolean().describe('DeepSpeed: reduces while the backward pass goes on'),
  'parallelism.tensor': degree.describe('Tensor parallel size'),
  'parallelism.sequence_parallel': z
    .boolean()
    .describe("Megatron's: norms and residuals are split over the tensor ranks"),
  'parallelism.loss_parallel': z
    .boolean()
    .describe('Logits stay divided over the tensor ranks; true by default where the trainer can'),
  'parallelism.pipeline': degree.describe('Pipeline parallel size'),
  'parallelism.virtual_pipeline': degree.describe('Model chunks a pipeline rank (interleaved schedule)'),
  'parallelism.uneven_stages': z
    .boolean()
    .describe('Stages of the pipeline may differ in their layers: the config says which has how many'),
  'parallelism.pipeline_schedule': z
    .enum(['gpipe', '1f1b', 'interleaved', 'zero-bubble', 'dualpipe'])
    .describe('Order of micro batches in a pipeline; 1f1b, or interleaved with virtual_pipeline, by default'),
  'parallelism.context': degree.describe('Context parallel size'),
  'parallelism.context_exchange': z
    .enum(['ring', 'ulysses'])
    .describe(
      'How context ranks meet: keys and values go around, or heads are exchanged (DeepSpeed-Ulysses); ring by default',
    ),
  'parallelism.expert': degree.describe('Expert parallel size'),
  'parallelism.expert_tensor': degree.describe('Tensor parallel size of the experts; that of the model by default'),
  'parallelism.reshard_after_forward': z
    .boolean()
    .describe('FSDP: false keeps gathered weights until the backward pass'),
  'parallelism.cpu_offload': z.enum(['none', 'optimizer', 'parameters']).describe('What waits in CPU memory'),
} as const satisfies Record<string, z.ZodType>;
