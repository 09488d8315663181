import { attentionWidths } from '../../run/matrices.ts';
import type { ModelShape, TrainingRun } from '../../run/training-run.ts';
import type { DescribedRun } from '../described-run.ts';
import { attentionFlops, layerMatrixParameters } from './flops.ts';
import { stackOf, type KernelSpeed } from './kernel-speed.ts';
import type { RecomputedShares } from './recompute.ts';

/** Seconds that one GPU spends on the kernels of one micro batch, forward and backward. */
export interface KernelTime {
  readonly matrices: number;
  readonly attention: number;
  readonly elementwise: number;
  /** Output head and loss. */
  readonly head: number;
}

/**
 * Each kernel of the layers once forwards and, as a pair, backwards: matrix products at 2 FLOPs a weight and token plus
 * the traffic of their operands, so that small matrices wait for memory; attention; norms, activations and residuals by the bytes
 * that they move. A stage has its share of the layers, a tensor rank its share of each.
 */
export function kernelTime(
  run: DescribedRun,
  tokens: number,
  recomputed: RecomputedShares,
  speed: KernelSpeed,
): KernelTime {
  const { model, training, parallelism } = run;
  const { tensor, pipeline } = parallelism;
  const share = 1 / (tensor * pipeline);
  const bytes = training.precision === 'fp32' ? 4 : 2;
  // Frozen weights need no gradient of their own; a reference model runs forwards only.
  const reference = training.referenceModel ? 1 : 0;
  const ownPasses = (training.method === 'full' ? 3 : 2) + reference;
  const matrixPasses = ownPasses + recomputed.matrices;
  const attentionPasses = 3 + reference + recomputed.attention;
  const elementwisePasses = 3 + reference + recomputed.elementwise;

  const weights = layerMatrixParameters(model) * share;
  const movedOnce = tokens * bytes * (model.numLayers / pipeline) * widthsMoved(run);
  const traffic =
    weights * (bytes * matrixPasses + dequantizedBytes(run, matrixPasses)) + movedOnce * elementwisePasses;
  const head = model.vocabSize * model.hiddenSize * share;
  return {
    matrices: (2 * weights * tokens * matrixPasses) / speed.matrixFlopsPerSecond,
    ...attentionTime(run, tokens, attentionPasses, speed, traffic),
    head:
      (2 * head * tokens * ownPasses) / speed.matrixFlopsPerSecond +
      (model.vocabSize * tokens * bytesPerLogitMoved * share) / speed.bytesPerSecond,
  };
}

/** Written and read again until logits have become their own gradient: 16-bit logits, fp32 softmax, gradient. */
const bytesPerLogitMoved = 20;

/**
 * Widths of all that a token's layer reads and writes on one GPU, forwards: operands of the matrices, two norms and
 * residuals (8 h), rotation and layout of queries, keys and values (4 q), the activation of the MLP (4 f, 3 f without a gate).
 * Without sequence parallelism every tensor rank does the norms of the whole sequence (arXiv 2205.05198 §4.2.2).
 */
function widthsMoved({ model, training, parallelism }: DescribedRun): number {
  const { hiddenSize: h, gatedMlp } = model;
  const { tensor } = parallelism;
  const { query, keyValue } = attentionWidths(model);
  const f = mlpWidth(model);
  const operands = (gatedMlp ? 6 : 5) * h + (2 * query + 2 * keyValue + (gatedMlp ? 3 : 2) * f) / tensor;
  const normed = splitsNorms(training.trainer, parallelism) ? (8 * h) / tensor : 8 * h;
  return operands + normed + (4 * query + (gatedMlp ? 4 : 3) * f) / tensor;
}

/** NeMo's and Megatron-Bridge's recipes and torchtitan turn sequence parallelism on with tensor parallelism. */
function splitsNorms(trainer: string | null, { sequenceParallel }: TrainingRun['parallelism']): boolean {
  return sequenceParallel || ['nemo', 'megatron-bridge', 'torchtitan'].includes(trainer?.toLowerCase() ?? '');
}

/** Width of the MLPs that a token passes through, averaged over the layers. */
function mlpWidth({ moe, intermediateSize, numLayers }: ModelShape): number {
  if (moe === null) return intermediateSize;
  const ofExperts = moe.expertsPerToken * moe.intermediateSize + moe.sharedExperts * moe.sharedIntermediateSize;
  return (moe.expertLayers * ofExperts + (numLayers - moe.expertLayers) * intermediateSize) / numLayers;
}

/** A quantized weight is read, and its 16-bit copy written and read, in every pass (bitsandbytes, MatMul4Bit). */
function dequantizedBytes({ training }: DescribedRun, passes: number): number {
  return training.quantization === null ? 0 : (training.quantization.bits / 8 + 2) * passes;
}

/**
 * Flash attention multiplies scores and values only where the causal mask is open, and once more backwards (2.5 times the
 * forward FLOPs, arXiv 2307.08691 §4). Without it the whole score matrix is computed, and moved some eight times.
 */
function attentionTime(
  { model, training, parallelism, facts }: DescribedRun,
  tokens: number,
  passes: number,
  speed: KernelSpeed,
  traffic: number,
): { attention: number; elementwise: number } {
  const { tensor, pipeline } = parallelism;
  const forward = (attentionFlops(model, training) * tokens) / (tensor * pipeline);
  // Megatron-DeepSpeed has its own softmax kernels and no flash attention, unless a flag asks for it.
  const isLegacy = stackOf(training.trainer) === 'legacy' && facts['training.flash_attention'] === undefined;
  if (training.flashAttention && !isLegacy) {
    return {
      attention: (forward * (passes + 0.5)) / speed.attentionFlopsPerSecond,
      elementwise: traffic / speed.bytesPerSecond,
    };
  }
  const scores = (model.numAttentionHeads * training.sequenceLength * tokens * model.numLayers) / (tensor * pipeline);
  return {
    attention: (2 * forward * passes) / (speed.matrixFlopsPerSecond * speed.alignment),
    elementwise: (traffic + scores * 8 * passes) / speed.bytesPerSecond,
  };
}
