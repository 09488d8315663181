import { findGpu } from '../catalog/gpu.ts';
import type { GpuSpec, Hardware } from '../run/hardware.ts';
import type { Parallelism } from '../run/parallelism.ts';
import { gibibyte } from '../units/bytes.ts';
import type { Ledger } from './ledger.ts';

/** GPU type, count and price as far as any source states them. */
export function resolveHardware(ledger: Ledger): Hardware {
  const hostGib = ledger.stated('hardware.host_memory_gib');
  return {
    gpu: resolveGpu(ledger),
    count: ledger.stated('hardware.count'),
    usdPerGpuHour: ledger.stated('hardware.usd_per_gpu_hour'),
    ...(hostGib === null ? {} : { hostMemoryBytes: hostGib * gibibyte }),
  };
}

/** The GPU that is named, with the stated memory where the catalog does not know it or the name leaves it open. */
function resolveGpu(ledger: Ledger): GpuSpec | null {
  const name = ledger.stated('hardware.gpu');
  const memoryGib = ledger.stated('hardware.memory_gib');
  const found = name === null ? null : findGpu(name, memoryGib);
  if (found !== null) {
    if (found.assumed !== null) ledger.assume('hardware.gpu', found.gpu.name, found.assumed);
    return found.gpu;
  }
  if (memoryGib !== null) return gpuOfSize(name ?? `GPU of ${memoryGib} GiB`, memoryGib);
  if (name === null) {
    ledger.cannotKnow(
      'hardware.gpu',
      'no source names the GPU; state hardware.gpu in the config, the policy or the plan',
    );
    return null;
  }
  ledger.problem(
    'unknown-gpu',
    'hardware.gpu',
    `the catalog knows no GPU "${name}".`,
    'Use a name such as A100-80GB, H100-SXM or MI300X, or state hardware.memory_gib.',
  );
  return null;
}

function gpuOfSize(name: string, memoryGib: number): GpuSpec {
  return {
    name,
    memoryBytes: memoryGib * gibibyte,
    usableMemoryBytes: null,
    peakFlopsPerSecond: null,
    memoryBandwidthBytesPerSecond: null,
  };
}

/** How the run is split over its GPUs. The data parallel size is what tensor, pipeline and context leave over. */
export function resolveParallelism(ledger: Ledger, gpuCount: number | null): Parallelism {
  const tensor = ledger.valueOr('parallelism.tensor', 1);
  const pipeline = ledger.valueOr('parallelism.pipeline', 1);
  const context = ledger.valueOr('parallelism.context', 1);
  const virtualPipeline = ledger.valueOr('parallelism.virtual_pipeline', 1);
  const data = dataParallelSize(ledger, gpuCount, tensor * pipeline * context);
  return {
    sharding: resolveSharding(ledger, data),
    shardingEngine: ledger.stated('parallelism.sharding_engine'),
    ...ledger.statedOnly({
      fsdpVersion: 'parallelism.fsdp_version',
      shardRanks: 'parallelism.shard_ranks',
      syncEachBatch: 'parallelism.sync_each_batch',
      reducePrecision: 'parallelism.reduce_precision',
      reduceBucketSize: 'parallelism.reduce_bucket_size',
      maxLiveParameters: 'parallelism.max_live_parameters',
      maxReuseDistance: 'parallelism.max_reuse_distance',
      gradientAsBucketView: 'parallelism.gradient_as_bucket_view',
      overlapComm: 'parallelism.overlap_comm',
      lossParallel: 'parallelism.loss_parallel',
    }),
    tensor,
    sequenceParallel: ledger.valueOr('parallelism.sequence_parallel', false),
    pipeline,
    virtualPipeline,
    pipelineSchedule: ledger.valueOr('parallelism.pipeline_schedule', virtualPipeline > 1 ? 'interleaved' : '1f1b'),
    context,
    contextExchange: ledger.valueOr('parallelism.context_exchange', 'ring'),
    expert: ledger.valueOr('parallelism.expert', 1),
    expertTensor: ledger.stated('parallelism.expert_tensor'),
    data,
    reshardAfterForward: ledger.valueOr('parallelism.reshard_after_forward', true),
    cpuOffload: ledger.valueOr('parallelism.cpu_offload', 'none'),
  };
}

function dataParallelSize(ledger: Ledger, gpuCount: number | null, modelParallelSize: number): number | null {
  if (gpuCount === null) return null;
  if (gpuCount % modelParallelSize === 0) return gpuCount / modelParallelSize;
  const sizes = (['parallelism.tensor', 'parallelism.pipeline', 'parallelism.context'] as const).filter(
    (field) => (ledger.facts[field]?.value ?? 1) > 1,
  );
  if (!['hardware.count' as const, ...sizes].every((field) => ledger.isFromConfig(field))) {
    ledger.assume('hardware.count', gpuCount, `no multiple of tensor × pipeline × context = ${modelParallelSize}`);
    return Math.max(1, Math.floor(gpuCount / modelParallelSize));
  }
  ledger.problem(
    'contradiction',
    'hardware.count',
    `tensor × pipeline × context = ${modelParallelSize} does not divide ${gpuCount} GPUs.`,
    `Use a multiple of ${modelParallelSize} GPUs, or other parallel sizes.`,
  );
  return null;
}

function resolveSharding(ledger: Ledger, data: number | null): Parallelism['sharding'] {
  const stated = ledger.stated('parallelism.sharding');
  if (stated === 'ddp' && data !== 1 && isBf16UnderDeepSpeed(ledger)) {
    ledger.assume('parallelism.sharding', 'zero1', "DeepSpeed's bf16 optimizer divides its states at ZeRO stage 0 too");
    return 'zero1';
  }
  if (stated !== null) return stated;
  if (data === null || data === 1) return 'none';
  ledger.assume('parallelism.sharding', 'ddp', `not stated; ${data} data parallel ranks each hold the whole model`);
  return 'ddp';
}

/** Trainers that run on DeepSpeed's engine whatever they say of it. */
const onDeepSpeed: ReadonlySet<string> = new Set(['deepspeed', 'megatron-deepspeed', 'gpt-neox']);

/**
 * Without ZeRO, bf16 weights go through BF16_Optimizer, which keeps each rank a part of the fp32 copy and of the moments
 * (DeepSpeed, runtime/engine.py, `_do_optimizer_sanity_check`, and runtime/bf16_optimizer.py, `_setup_for_real_optimizer`).
 */
function isBf16UnderDeepSpeed({ facts }: Ledger): boolean {
  const trainer = facts['training.trainer']?.value ?? '';
  const isDeepSpeed = facts['parallelism.sharding_engine']?.value === 'deepspeed' || onDeepSpeed.has(trainer);
  return isDeepSpeed && facts['training.precision']?.value === 'bf16-mixed';
}
