import type { LineItem } from '../line-item.ts';
import { attentionWidths } from '../../run/matrices.ts';
import { tokensOf } from './activations.ts';
import { stepsInBackward } from './gradients.ts';
import { quantizedBytes } from './parameters.ts';
import { computeBytes } from './state-bytes.ts';
import type { Snapshot } from './snapshot.ts';

type Buffer = readonly [name: string, bytes: number];

/** What is gathered, cast, copied or in transit: buffers of sharding, parallelism, mixed precision and the optimizer. */
export function buffers(snapshot: Snapshot): LineItem {
  const all: Buffer[] = [
    ...shardingBuffers(snapshot),
    ...transitBuffers(snapshot),
    ['cast weights', castWeights(snapshot)],
    ['dequantized weight', dequantizedWeight(snapshot)],
    ['optimizer temporaries', optimizerTemporaries(snapshot)],
    ['fp32 gradients', fp32Gradients(snapshot)],
    ['kernel workspaces', snapshot.circumstances.workspaceBytes],
  ];
  const held = all.filter(([, bytes]) => bytes > 0);
  return {
    id: 'buffers',
    label: 'Buffers',
    bytes: held.reduce((sum, [, bytes]) => sum + bytes, 0),
    formula: held.map(([name]) => name).join(' + '),
    quantities: held,
    source:
      'PyTorch docs, fully_shard, DistributedDataParallel, AdamW; DeepSpeed docs, ZeRO; cuBLAS docs, workspaces; arXiv 2205.05198 §4.2',
  };
}

function shardingBuffers(snapshot: Snapshot): Buffer[] {
  const { gpu, parallelism, traits } = snapshot;
  const { sharding, cpuOffload } = parallelism;
  if (traits.engine === 'megatron') return [];
  if (cpuOffload === 'parameters' || gpu.denseRanks.weights > 1 || gpu.expertRanks.weights > 1) {
    return [
      ['gathered weights', gatheredWeights(snapshot)],
      ['unsharded gradients', unshardedGradients(snapshot)],
    ];
  }
  if (sharding === 'none') return [];
  return sharding === 'ddp' ? [['DDP buckets', ddpBuckets(snapshot)]] : [['reduce bucket', reduceBucket(snapshot)]];
}

/** DDP copies gradients into buckets unless they are views of them (`gradient_as_bucket_view`, off by default). */
function ddpBuckets({ gpu, bytes }: Snapshot): number {
  return (gpu.trainedDense + gpu.trainedExperts) * bytes.gradient;
}

/** `reduce_bucket_size` is 5e8 elements by default, in the type of the gradients (DeepSpeed docs, ZeRO). */
function reduceBucket({ gpu, training, bytes, phase }: Snapshot): number {
  if (phase === 'optimizer-step' || stepsInBackward(training)) return 0;
  return Math.min(5e8, gpu.trainedDense + gpu.trainedExperts) * bytes.gradient;
}

/**
 * DeepSpeed keeps a weight that is used again within `stage3_max_reuse_distance`, 1e9 by default: around the loss that
 * distance is there and back again, so that half as many elements stay (partitioned_param_coordinator.py).
 */
const reusedElements = 5e8;

/**
 * The layer at work and the one fetched ahead; with FSDP the embedding, the head and the final norm besides, which stay;
 * or the whole stage.
 */
function gatheredWeights(snapshot: Snapshot): number {
  const { gpu, training, traits, phase } = snapshot;
  if (phase === 'optimizer-step') return 0;
  const x = computeBytes(training.precision);
  // Quantized weights are gathered as they are.
  const ofLayers = training.method === 'full' ? x : (quantizedBytes(training.quantization) ?? x);
  const stage = gpu.denseParameters + gpu.expertParameters - gpu.outerParameters;
  const isDeepSpeed = traits.engine === 'deepspeed';
  const ahead = Math.max(Math.min(2, gpu.layers) * gpu.layerParameters, isDeepSpeed ? reusedElements : 0);
  const outer = isDeepSpeed ? gpu.headParameters : gpu.outerParameters;
  return x * outer + ofLayers * (keepsStageGathered(snapshot) ? stage : Math.min(stage, ahead));
}

/** FSDP keeps weights gathered between the passes without resharding, in SHARD_GRAD_OP, and in pipelines. */
function keepsStageGathered({ parallelism, traits }: Snapshot): boolean {
  const isPipeline = traits.engine === 'fsdp' && parallelism.pipeline > 1;
  return !parallelism.reshardAfterForward || parallelism.sharding === 'zero2' || isPipeline;
}

/**
 * Backwards, a layer's gradient before it is divided, with a copy in the type of the reduction; the head's waits for the
 * embedding's, and both go at the end. In a pipeline those of the whole stage wait for the last micro batch. DeepSpeed
 * copies them into a bucket, which is there throughout.
 */
function unshardedGradients(snapshot: Snapshot): number {
  const { gpu, training, parallelism, traits, bytes, phase } = snapshot;
  if (phase === 'optimizer-step' || training.method !== 'full') return 0;
  const x = computeBytes(training.precision);
  const perElement = x + (bytes.gradient === x ? 0 : bytes.gradient);
  if (traits.engine === 'fsdp' && parallelism.pipeline > 1) return perElement * (gpu.trainedDense + gpu.trainedExperts);
  if (traits.engine === 'deepspeed') return x * gpu.layerParameters + reduceBucket(snapshot);
  if (phase === 'loss') return 0;
  const outer = phase === 'backward' ? x * gpu.headParameters : perElement * gpu.outerParameters;
  return perElement * gpu.layerParameters + outer;
}

/** What other ranks send: gathered sequences, keys and values in a ring, pipeline activations, dispatched tokens. */
function transitBuffers(snapshot: Snapshot): Buffer[] {
  const { model, parallelism, training, phase } = snapshot;
  if (phase === 'optimizer-step') return [];
  const { tensor, sequenceParallel, pipeline, expert } = parallelism;
  const x = computeBytes(training.precision);
  const tokens = tokensOf(snapshot);
  const hidden = x * model.hiddenSize * tokens;
  return [
    // A column-parallel linear holds its gathered input and that input's gradient, twice while they overlap.
    ['gathered sequence', sequenceParallel && tensor > 1 ? 4 * hidden : 0],
    contextTransit(snapshot),
    ['pipeline send and receive', pipeline > 1 ? (2 * hidden) / (sequenceParallel ? tensor : 1) : 0],
    ['expert dispatch', expert > 1 && model.moe !== null ? 2 * model.moe.expertsPerToken * hidden : 0],
  ];
}

/**
 * A ring holds two blocks of keys and values, the one at work and the one to come (arXiv 2310.01889 §3). Ulysses receives
 * queries, keys and values of its heads, and gives back their output, while what it sends is still there (arXiv
 * 2309.14509 §3.1).
 */
function contextTransit(snapshot: Snapshot): Buffer {
  const { model, parallelism, training } = snapshot;
  const { tensor, context, contextExchange } = parallelism;
  const x = computeBytes(training.precision);
  const tokens = tokensOf(snapshot);
  const { query, keyValue } = attentionWidths(model);
  const keysAndValues = (2 * x * keyValue * tokens) / Math.min(tensor, model.numKeyValueHeads);
  if (context === 1) return ['keys and values in transit', 0];
  if (contextExchange === 'ring') return ['keys and values in transit', 2 * keysAndValues];
  return ['heads in transit', (2 * x * query * tokens) / tensor + keysAndValues];
}

/** Autocast caches the cast of each weight that is trained until its region ends. */
function castWeights({ gpu, bytes, training, phase }: Snapshot): number {
  if (phase === 'optimizer-step' || training.method !== 'full') return 0;
  return bytes.cast * (gpu.denseParameters + gpu.expertParameters);
}

/** bitsandbytes restores one matrix at a time (QLoRA, arXiv 2305.14314 §3). */
function dequantizedWeight({ model, training, parallelism, phase }: Snapshot): number {
  if (training.quantization === null || training.method === 'full' || phase === 'optimizer-step') return 0;
  const { query } = attentionWidths(model);
  return (
    (2 * computeBytes(training.precision) * model.hiddenSize * Math.max(model.intermediateSize, query)) /
    parallelism.tensor
  );
}

/**
 * `foreach` optimizers build one full set of temporaries (PyTorch docs, AdamW); fused and 8-bit ones do not. ZeRO-3 lets
 * them work on one group at a time.
 */
function optimizerTemporaries(snapshot: Snapshot): number {
  const { training, parallelism, bytes, circumstances, phase } = snapshot;
  const isForeach =
    circumstances.foreachOptimizer && training.optimizer === 'adamw' && parallelism.cpuOffload === 'none';
  if (phase !== 'optimizer-step' || !isForeach || stepsInBackward(training)) return 0;
  return bytes.moment * steppedAtOnce(snapshot);
}

/**
 * DeepSpeed casts short gradients for the step of its fp32 copy: those of a rank at once, of ZeRO-3 in groups of 1e9
 * (stage_1_and_2.py, `single_partition_of_fp32_groups`; DeepSpeed docs, `sub_group_size`).
 */
function fp32Gradients(snapshot: Snapshot): number {
  const { training, parallelism, traits, bytes, phase } = snapshot;
  const castsAll = traits.engine !== 'megatron' && bytes.master === 4 && bytes.gradient === 2;
  const isOnGpu = parallelism.cpuOffload === 'none' && !stepsInBackward(training);
  if (phase !== 'optimizer-step' || !castsAll || !isOnGpu) return 0;
  return 4 * steppedAtOnce(snapshot);
}

/** Elements of a rank that the optimizer steps together. */
function steppedAtOnce({ gpu, parallelism, traits }: Snapshot): number {
  const trained = gpu.trainedDense / gpu.denseRanks.optimizer + gpu.trainedExperts / gpu.expertRanks.optimizer;
  const isGrouped = traits.engine === 'deepspeed' && parallelism.sharding === 'zero3';
  return isGrouped ? Math.min(1e9, trained) : trained;
}
