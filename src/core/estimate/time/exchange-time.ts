import { attentionWidths } from '../../run/matrices.ts';
import { parameterGroups } from '../../run/parameters.ts';
import type { GpuSpec } from '../../run/hardware.ts';
import type { DescribedRun } from '../described-run.ts';
import { trainerTraits } from '../trainer-traits.ts';

/** What exchange between GPUs costs over its bytes, and how much of it hides; fitted as in kernel-speed.ts. */
const fitted = {
  /** Links reach 0.9 of their rate, and tensor parallelism waits for them. */
  tensor: 1.1,
  /** Share of gathering and reducing that never hides. */
  data: 0.09,
};

/**
 * At most this share of the kernels' time can hide gathering and reducing; taken, not fitted. Nothing hides what DeepSpeed's
 * stage 3 gathers, matrix by matrix: published runs of it are slower by that much.
 */
const hiding = 0.8;

/** Share of the exchange of keys and values that the attention of the previous block does not hide; taken, not fitted. */
const contextExposed = 0.36;

/**
 * Seconds a micro batch that one stage waits for its tensor and context ranks. A layer reduces its activations twice
 * forwards and twice backwards, and twice more where it is recomputed (arXiv 1909.08053 §3); context ranks pass keys and
 * values around (arXiv 2310.01889 §3), or exchange heads (arXiv 2309.14509 §3.2).
 */
export function modelExchange(run: DescribedRun, gpu: GpuSpec, tokens: number, recomputed: number): number {
  const { model, parallelism } = run;
  const { tensor, pipeline, context, contextExchange } = parallelism;
  const links = linksOf(gpu);
  const layers = model.numLayers / pipeline;
  const reductions = 4 + (recomputed >= 1 ? 2 : 0);
  const reduced = (reductions * 2 * (tensor - 1) * 2 * model.hiddenSize * tokens) / tensor;
  const { query, keyValue } = attentionWidths(model);
  // Forwards once and backwards twice: the other ranks' keys and values, or a rank's part of all heads and of their output
  const received =
    contextExchange === 'ring' ? 4 * keyValue * (context - 1) : ((4 * query + 4 * keyValue) * (context - 1)) / context;
  const passed = (received / tensor) * tokens * 3;
  return (
    layers *
    ((fitted.tensor * reduced) / bandwidth(links, tensor, 1) +
      (contextExposed * passed) / bandwidth(links, tensor * context, 1))
  );
}

/**
 * Seconds a step that gathering weights and reducing gradients add to `compute`, over the ranks that hold the same
 * weights. FSDP and ZeRO-3 gather 16-bit weights for the forward and the backward pass of each micro batch and reduce
 * gradients (arXiv 2304.11277 §3); all others reduce once a step, and gather what a sharded optimizer has updated.
 */
export function exposedDataExchange(run: DescribedRun, gpu: GpuSpec, microBatches: number, compute: number): number {
  const { tensor, context, data, sharding } = run.parallelism;
  const ranks = (data ?? 1) * context;
  if (ranks === 1) return 0;
  const { held, trained } = parametersPerRank(run);
  const gathersEachBatch = sharding === 'zero3' || sharding === 'hsdp';
  const bytes = gathersEachBatch ? (4 * held + 4 * trained) * microBatches : 6 * trained;
  // Hybrid sharding gathers within a node.
  const reach = sharding === 'hsdp' ? Math.min(ranks, 8) : ranks;
  const seconds = (bytes * (ranks - 1)) / ranks / bandwidth(linksOf(gpu), reach, tensor);
  const { engine } = trainerTraits(run.training.trainer, run.parallelism);
  if (engine === 'deepspeed' && gathersEachBatch) return seconds;
  return Math.max(fitted.data * seconds, seconds - hiding * compute);
}

/** Parameters of one rank before data parallel sharding: those it computes with, and those it has gradients of. */
export function parametersPerRank({ model, parameters, parallelism }: DescribedRun): { held: number; trained: number } {
  const { tensor, pipeline, expert } = parallelism;
  const { layers, embedding } = parameterGroups(model);
  const experts = layers.reduce((sum, layer) => sum + layer.count * layer.numExperts * layer.expert, 0);
  // An input embedding is looked up, not multiplied: its gradient is sparse in effect and its gather hides.
  const dense = parameters.total - experts - (model.tieWordEmbeddings ? 0 : embedding);
  const held = (dense + experts / expert) / (tensor * pipeline);
  return { held, trained: held * Math.min(1, parameters.trainable / parameters.total) };
}

interface Links {
  readonly gpusPerNode: number;
  /** Bytes a second that one GPU sends to another of its node. */
  readonly inNode: number;
  readonly betweenNodes: number;
}

/**
 * The GPU's link as the catalog has it, PCIe 4 where it has none. No config states the network: clusters give each GPU
 * about a tenth of its NVLink (DGX A100: 25 of 300 GB/s, DGX H100: 50 of 450; NVIDIA's user guides).
 */
function linksOf(gpu: GpuSpec): Links {
  const inNode = gpu.node?.linkBytesPerSecond ?? 32e9;
  return { gpusPerNode: gpu.node?.gpus ?? 8, inNode, betweenNodes: inNode / 10 };
}

/** What a ring of GPUs `stride` apart reaches: its members in one node share that node's network cards. */
function bandwidth({ gpusPerNode, inNode, betweenNodes }: Links, ranks: number, stride: number): number {
  if (ranks * stride <= gpusPerNode) return inNode;
  return Math.min(inNode, Math.max(1, Math.floor(gpusPerNode / stride)) * betweenNodes);
}
