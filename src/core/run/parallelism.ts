import type { RunValues } from './fields.ts';

/** How model and batch are split over the GPUs. */
export interface Parallelism {
  readonly sharding: RunValues['parallelism.sharding'];
  /** null where it is the trainer's own, or open. */
  readonly shardingEngine: RunValues['parallelism.sharding_engine'] | null;
  readonly fsdpVersion?: RunValues['parallelism.fsdp_version'];
  /** Ranks that hybrid sharding divides states over. */
  readonly shardRanks?: number;
  /** Gradients are reduced after each micro batch; absent where the trainer decides. */
  readonly syncEachBatch?: boolean;
  readonly reducePrecision?: RunValues['parallelism.reduce_precision'];
  /** DeepSpeed's buckets, in elements; absent for its defaults. */
  readonly reduceBucketSize?: number;
  readonly maxLiveParameters?: number;
  readonly maxReuseDistance?: number;
  readonly overlapComm?: boolean;
  /** DDP keeps gradients in the buckets that it reduces. */
  readonly gradientAsBucketView?: boolean;
  readonly tensor: number;
  readonly sequenceParallel: boolean;
  readonly lossParallel?: boolean;
  readonly pipeline: number;
  readonly virtualPipeline: number;
  readonly pipelineSchedule: RunValues['parallelism.pipeline_schedule'];
  readonly context: number;
  readonly contextExchange: RunValues['parallelism.context_exchange'];
  readonly expert: number;
  /** Tensor parallel size of the experts; null for that of the model. */
  readonly expertTensor: number | null;
  /** Replicas of the model that see different data: GPUs ÷ (tensor × pipeline × context); null without a GPU count. */
  readonly data: number | null;
  readonly reshardAfterForward: boolean;
  readonly cpuOffload: RunValues['parallelism.cpu_offload'];
}
