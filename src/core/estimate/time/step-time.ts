import type { GpuSpec } from '../../run/hardware.ts';
import type { DescribedRun } from '../described-run.ts';
import { trainerTraits } from '../trainer-traits.ts';
import { exposedDataExchange, modelExchange, parametersPerRank } from './exchange-time.ts';
import { kernelSpeed, runsEager, stackOf } from './kernel-speed.ts';
import { kernelTime } from './kernel-time.ts';
import { offloadSeconds } from './offload-time.ts';
import { recomputedShares, type RecomputedShares } from './recompute.ts';
import { stepBatch } from './step-batch.ts';

/** One optimizer step of one GPU: seconds by what it does or waits for, and the tokens that it gets through meanwhile. */
export interface StepTime {
  readonly seconds: number;
  readonly tokensPerGpu: number;
  /** They add up to `seconds`. */
  readonly parts: Readonly<Record<StepPart, number>>;
}

export type StepPart =
  | 'matrices'
  | 'attention'
  | 'elementwise'
  | 'head'
  | 'modelExchange'
  | 'launches'
  | 'experts'
  | 'bubble'
  | 'dataExchange'
  | 'optimizer'
  | 'offload'
  | 'stragglers';

/**
 * One optimizer step as the sum of its parts, the form of calculon (doi 10.1145/3581784.3607102) and vTrain (arXiv
 * 2312.12391): kernels at the speed that they reach, exchange between GPUs that does not hide behind them, the pipeline's
 * bubble, the optimizer. Null where the GPU's peak or bandwidth is unknown.
 */
export function stepTime(run: DescribedRun): StepTime | null {
  const { model, parallelism } = run;
  const { gpu } = run.hardware;
  const speed = kernelSpeed(run.training, gpu, model.headDim);
  if (gpu === null || speed === null) return null;
  const { tokens, microBatches } = stepBatch(run);
  const recomputed = assumedRecomputation(run);

  const kernels = kernelTime(run, tokens, recomputed, speed);
  const exchange = modelExchange(run, gpu, tokens, recomputed.matrices);
  const busy = sum({ ...kernels, exchange });
  const launches = Math.max(0, launchSeconds(run, gpu, recomputed) - busy);
  const experts = model.moe === null ? 0 : expertOverhead * (busy + launches);
  const compute = (busy + launches + experts) * microBatches;
  const parts = {
    matrices: kernels.matrices * microBatches,
    attention: kernels.attention * microBatches,
    elementwise: kernels.elementwise * microBatches,
    head: kernels.head * microBatches,
    modelExchange: exchange * microBatches,
    launches: launches * microBatches,
    experts: experts * microBatches,
    bubble: compute * bubbleShare(run, microBatches),
    dataExchange: exposedDataExchange(run, gpu, microBatches, compute),
    optimizer: run.parallelism.cpuOffload === 'none' ? optimizerBytes(run) / speed.bandwidth : 0,
    offload: offloadSeconds(run, gpu, microBatches, recomputed),
  };
  const stragglers = sum(parts) * stragglerShare(run, gpu);
  return {
    seconds: sum(parts) + stragglers,
    tokensPerGpu: (tokens * microBatches) / (parallelism.tensor * parallelism.pipeline),
    parts: { ...parts, stragglers },
  };
}

/**
 * Where neither config nor trainer says what is recomputed, a quarter: published runs of unnamed trainers lie between
 * none and full. A known trainer recomputes nothing unless told to.
 */
function assumedRecomputation({ model, training, facts }: DescribedRun): RecomputedShares {
  const isGuess = facts['training.activation_checkpointing'] === undefined && stackOf(training.trainer) === 'unknown';
  if (!isGuess || training.activationCheckpointing !== 'none') return recomputedShares(model, training);
  return { matrices: 0.25, attention: 0.25, elementwise: 0.25 };
}

/**
 * A layer is some 40 fused or 110 plain kernels, forward and backward, launched in about 5 µs each, 15 on hosts of before
 * 2020, whose GPUs have no bf16; taken, not fitted. Only small micro batches wait for it.
 */
function launchSeconds(run: DescribedRun, gpu: GpuSpec, recomputed: RecomputedShares): number {
  const { model, training, parallelism } = run;
  const isOldHost = gpu.peakFlopsPerSecond?.bf16 === null && gpu.peakFlopsPerSecond.fp16 !== null;
  const plain = isOldHost ? 2.1e-3 : 0.64e-3;
  const ofLayer = (runsEager(training) ? plain : 0.2e-3) * (1 + recomputed.matrices / 3);
  return (ofLayer + gatherSeconds(run, recomputed)) * (model.numLayers / parallelism.pipeline);
}

/**
 * DeepSpeed's stage 3 gathers each matrix of a layer by itself, from hooks in Python, in every pass: 0.4 ms, from two runs of
 * 512 tokens a GPU (DeepSpeedExamples, bf16_master_weight).
 */
function gatherSeconds({ model, training, parallelism }: DescribedRun, recomputed: RecomputedShares): number {
  const { engine } = trainerTraits(training.trainer, parallelism);
  if (engine !== 'deepspeed' || parallelism.sharding !== 'zero3' || (parallelism.data ?? 1) === 1) return 0;
  const matrices = 4 + (model.gatedMlp ? 3 : 2);
  return 0.4e-3 * matrices * (2 + recomputed.matrices);
}

/**
 * Routing, dispatch, imbalance and small matrices double the time: published mixtures of experts reach 0.49 of the
 * utilization of dense models (164 rows of NVIDIA's and Megatron's tables).
 */
const expertOverhead = 1;

/**
 * (p − 1)/(v·m) of the compute (arXiv 2104.04473 §2.2). Where nobody states schedule or v half of it, fitted: many runs
 * interleave. Where gradients of weights fill the gaps a third is left, (p − 1)·(F + B − 2W) of (p − 1)·(F + B), and of
 * two directions at once (p/2 − 1)·(F&B + B − 3W), with B = 2F and W = F (DeepSeek-V3, arXiv 2412.19437, table 2).
 */
function bubbleShare({ parallelism, facts }: DescribedRun, microBatches: number): number {
  const { pipeline, virtualPipeline, pipelineSchedule } = parallelism;
  const isStated =
    facts['parallelism.virtual_pipeline'] !== undefined || facts['parallelism.pipeline_schedule'] !== undefined;
  const slots = {
    gpipe: pipeline - 1,
    '1f1b': pipeline - 1,
    interleaved: pipeline - 1,
    'zero-bubble': (pipeline - 1) / 3,
    dualpipe: Math.max(0, pipeline - 2) / 3,
  }[pipelineSchedule];
  return ((isStated ? 1 : 0.45) * slots) / (virtualPipeline * microBatches);
}

/** Every step waits for the slowest GPU: 0.56% for each doubling beyond a node, fitted. */
function stragglerShare({ hardware, parallelism }: DescribedRun, gpu: GpuSpec): number {
  const { tensor, pipeline, context, data } = parallelism;
  const count = hardware.count ?? tensor * pipeline * context * (data ?? 1);
  return 0.0056 * Math.max(0, Math.log2(count / (gpu.node?.gpus ?? 8)));
}

/** Adam reads weights, gradients and two moments and writes all but the gradients, fp32, and the 16-bit copy: 30 bytes. */
function optimizerBytes(run: DescribedRun): number {
  const { sharding, data, context } = run.parallelism;
  const ranks = sharding === 'none' || sharding === 'ddp' ? 1 : (data ?? 1) * context;
  return (30 * parametersPerRank(run).trained) / ranks;
}

function sum(parts: Readonly<Record<string, number>>): number {
  return Object.values(parts).reduce((total, part) => total + part, 0);
}
