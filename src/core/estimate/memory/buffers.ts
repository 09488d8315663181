import type { LineItem } from '../line-item.ts';
import { attentionWidths } from '../../run/matrices.ts';
import { layerAtWorkBytes, tokensOf } from './activations.ts';
import { gatheredByDeepSpeed, offloadedGradient, reduceBucket, steppedGradients } from './deepspeed-buffers.ts';
import { stepsInBackward } from './gradients.ts';
import { quantizedBytes } from './parameters.ts';
import { dividesStates } from './sharding.ts';
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
    ['gradient on its way to the host', offloadedGradient(snapshot)],
    ['optimizer temporaries', optimizerTemporaries(snapshot)],
    ['fp32 gradients', fp32Gradients(snapshot)],
    ['gradients that are stepped', steppedGradients(snapshot)],
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
function ddpBuckets({ gpu, bytes, parallelism }: Snapshot): number {
  if (parallelism.gradientAsBucketView === true) return 0;
  return (gpu.trainedDense + gpu.trainedExperts) * bytes.gradient;
}

/** Weights that are gathered at a moment, in the type of the matrices; quantized ones as they are. */
function gatheredWeights(snapshot: Snapshot): number {
  const { gpu, training, traits, phase } = snapshot;
  if (phase === 'optimizer-step') return 0;
  const x = computeBytes(training.precision);
  const ofLayers = training.method === 'full' ? x : (quantizedBytes(training.quantization) ?? x);
  const stage = gpu.denseParameters + gpu.expertParameters - gpu.outerParameters;
  const ahead = Math.min(2, gpu.layers) * gpu.layerParameters;
  if (traits.engine === 'deepspeed') return gatheredByDeepSpeed(snapshot, x * ahead);
  if (keepsStageGathered(snapshot)) return x * gpu.outerParameters + ofLayers * stage;
  // The root of FSDP 1 has embedding, head and final norm, and stays gathered; layers only come where they go backwards.
  if (isRootGathered(snapshot)) {
    const isAtWork = phase === 'backward' || phase === 'end-of-backward';
    // One without trained weights is given back when the next one is there (FSDP, `_register_post_backward_reshard_only_hook`).
    const isSlow = traits.prefetchesBackward || (training.method !== 'full' && phase === 'end-of-backward');
    const layers = isSlow ? ahead : Math.min(1, gpu.layers) * gpu.layerParameters;
    return x * gpu.outerParameters + (isAtWork ? ofLayers * Math.min(stage, layers) : 0);
  }
  // Of FSDP 2 the head and the norm before it are a unit that stays, twice while it is copied out of what was gathered;
  // a loss in chunks gathers it by itself; behind it the layer at work and the one fetched ahead.
  const head = training.fusedLoss && traits.chunksGatherHead ? 0 : x * gpu.headParameters;
  const embedding = x * (gpu.outerParameters - gpu.headParameters);
  return {
    forward: 2 * head,
    loss: head,
    backward: ofLayers * Math.min(stage, ahead),
    'end-of-backward': ofLayers * Math.min(stage, gpu.layerParameters) + Math.max(0, embedding),
  }[phase];
}

function isRootGathered({ parallelism, traits }: Snapshot): boolean {
  return (parallelism.fsdpVersion ?? traits.fsdpVersion) === 1;
}

/** FSDP keeps weights gathered between the passes without resharding, in SHARD_GRAD_OP, and in pipelines. */
function keepsStageGathered({ parallelism, traits }: Snapshot): boolean {
  const isPipeline = traits.engine === 'fsdp' && parallelism.pipeline > 1;
  return !parallelism.reshardAfterForward || parallelism.sharding === 'zero2' || isPipeline;
}

/**
 * Backwards, a layer's gradient before it is divided, with a copy in the type of the reduction; the head's is on its way
 * while the last layer goes backwards, the embedding's at the end, with FSDP 1 both. In a pipeline those of the whole stage
 * wait for the last micro batch. DeepSpeed copies them into a bucket, which is there throughout.
 */
function unshardedGradients(snapshot: Snapshot): number {
  const { gpu, training, parallelism, traits, phase, numerics } = snapshot;
  if (training.method !== 'full') return traits.engine === 'deepspeed' ? reduceBucket(snapshot) : 0;
  if (phase === 'optimizer-step') return traits.engine === 'deepspeed' ? reduceBucket(snapshot) : 0;
  const x = numerics.compute;
  const reduced = reducedBytes(snapshot);
  const perElement = x + (reduced === x && traits.states !== 'accelerate' ? 0 : reduced);
  if (traits.engine === 'fsdp' && parallelism.pipeline > 1) return perElement * (gpu.trainedDense + gpu.trainedExperts);
  const isBefore = phase === 'loss' || phase === 'forward';
  const isTied = gpu.outerParameters < 2 * gpu.headParameters;
  const embedding = isTied ? gpu.headParameters : gpu.outerParameters - gpu.headParameters;
  if (traits.engine === 'deepspeed') {
    const largest = phase === 'end-of-backward' ? Math.max(embedding, gpu.layerParameters) : gpu.layerParameters;
    return (isBefore ? 0 : x * largest) + reduceBucket(snapshot);
  }
  if (isBefore) return 0;
  // Its gradients appear as its activations go.
  const beside = (bytes: number): number => Math.max(0, bytes - layerAtWorkBytes(snapshot));
  const head = x * gpu.headParameters;
  if (phase === 'backward') return head + beside(perElement * gpu.layerParameters);
  if (isRootGathered(snapshot)) return head + beside(perElement * (gpu.layerParameters + gpu.outerParameters) - head);
  const waiting = isTied ? head : 0;
  return waiting + beside(perElement * embedding + reduced * gpu.layerParameters - waiting);
}

/** Type that FSDP reduces gradients in: accelerate's policy has that of the matrices, others that of the gradients. */
function reducedBytes({ parallelism, traits, bytes, numerics }: Snapshot): number {
  if (parallelism.reducePrecision !== undefined) return parallelism.reducePrecision === 'fp32' ? 4 : 2;
  return traits.states === 'accelerate' ? numerics.compute : bytes.gradient;
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

/**
 * Autocast caches the cast of each trained weight until its region ends, with the forward pass; autograd keeps it longer
 * where it is not recomputed, and that of a frozen weight too, though nothing caches it. The head's lasts until the loss
 * has gone backwards.
 */
function castWeights({ gpu, bytes, training, phase, numerics }: Snapshot): number {
  const isCast = training.method === 'full' ? bytes.cast > 0 : numerics.castsWeights;
  if (phase === 'optimizer-step' || !isCast) return 0;
  const x = numerics.compute;
  const isLora = training.method !== 'full';
  const isRecomputed = training.activationCheckpointing === 'full';
  const isKept = isLora ? numerics.keepsFrozenCasts && !isRecomputed : phase === 'forward' || !isRecomputed;
  const layers = gpu.denseParameters + gpu.expertParameters - gpu.outerParameters;
  const layer = isLora && !numerics.keepsFrozenCasts ? 0 : gpu.layerParameters;
  return {
    forward: x * (gpu.headParameters + (isKept ? layers : 0)),
    loss: x * (gpu.headParameters + (isKept ? layers : 0)),
    backward: x * (isKept ? layers : layer),
    'end-of-backward': x * layer,
  }[phase];
}

/**
 * bitsandbytes restores one matrix at a time, for its product (QLoRA, arXiv 2305.14314 §3): once in the type that
 * transformers loads it for, by way of fp16 elsewhere (LitGPT, BitsandbytesPrecision).
 */
function dequantizedWeight({ model, training, parallelism, phase, traits, numerics }: Snapshot): number {
  const isAtWork = phase === 'backward' || phase === 'end-of-backward';
  if (training.quantization === null || training.method === 'full' || !isAtWork) return 0;
  const { query } = attentionWidths(model);
  const copies = traits.states === 'accelerate' ? 1 : 2;
  const largest = model.hiddenSize * Math.max(model.intermediateSize, query);
  return (copies * numerics.compute * largest) / parallelism.tensor;
}

/**
 * `foreach` optimizers build one full set of temporaries (PyTorch docs, AdamW); fused and 8-bit ones do not. ZeRO-3 lets
 * them work on one group at a time.
 */
function optimizerTemporaries(snapshot: Snapshot): number {
  const { training, parallelism, bytes, circumstances, phase, gpu, traits } = snapshot;
  if (phase !== 'optimizer-step' || parallelism.cpuOffload !== 'none' || stepsInBackward(training)) return 0;
  // Four fp32 copies of one matrix after the other (transformers, `Adafactor.step`), the embedding's the largest.
  if (training.optimizer === 'adafactor') {
    const isFull = training.method === 'full';
    const largest = isFull ? Math.max(gpu.headParameters, gpu.layerParameters / 4) : gpu.trainedDense / gpu.layers / 4;
    return (16 * largest) / gpu.denseRanks.optimizer;
  }
  if (training.optimizer !== 'adamw') return 0;
  // Over one flat tensor AdamW makes a square root and a quotient as large as a moment each.
  if (circumstances.flatOptimizer) return 2 * bytes.moment * steppedAtOnce(snapshot);
  // Temporaries of DeepSpeed's stages 1 and 2 are no larger than what has been joined and cast before.
  const isJoined = traits.engine === 'deepspeed' && parallelism.sharding !== 'zero3' && bytes.master > 0;
  return circumstances.foreachOptimizer && !isJoined ? bytes.moment * steppedAtOnce(snapshot) : 0;
}

/**
 * DeepSpeed casts short gradients for the step of its fp32 copy: those of a rank at once, of ZeRO-3 in groups of 1e9
 * (stage_1_and_2.py, `single_partition_of_fp32_groups`; DeepSpeed docs, `sub_group_size`).
 */
function fp32Gradients(snapshot: Snapshot): number {
  const { training, parallelism, traits, bytes, phase } = snapshot;
  const castsAll = traits.engine !== 'megatron' && bytes.master === 4 && bytes.gradient === 2;
  const isOnGpu = parallelism.cpuOffload === 'none' && !stepsInBackward(training);
  if (phase !== 'optimizer-step' || !isOnGpu) return 0;
  const isOfStage3 = traits.engine !== 'deepspeed' || parallelism.sharding === 'zero3';
  // Without a distributed optimizer Megatron makes an fp32 copy of all short gradients (Megatron-LM, optimizer.py,
  // `_copy_model_grads_to_main_grads`).
  const isOfMegatron = traits.engine === 'megatron' && !dividesStates(parallelism.sharding);
  if (isOfMegatron && bytes.gradient === 2 && bytes.master === 4) return 4 * steppedAtOnce(snapshot);
  return castsAll && isOfStage3 ? 4 * steppedAtOnce(snapshot) : 0;
}

/** Elements of a rank that the optimizer steps together. */
function steppedAtOnce({ gpu, parallelism, traits }: Snapshot): number {
  const trained = gpu.trainedDense / gpu.denseRanks.optimizer + gpu.trainedExperts / gpu.expertRanks.optimizer;
  const isGrouped = traits.engine === 'deepspeed' && parallelism.sharding === 'zero3';
  return isGrouped ? Math.min(1e9, trained) : trained;
}
