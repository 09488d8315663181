import { layerStack, type Layers } from '../../run/layer-stack.ts';
import { attentionWidths } from '../../run/matrices.ts';
import { isRecurrence, mixerParts } from '../../run/mixers/index.ts';
import type { TrainingRun } from '../../run/training-run.ts';
import type { DescribedRun } from '../described-run.ts';
import { attentionFlops } from './flops.ts';
import { stackOf, type KernelSpeed } from './kernel-speed.ts';
import { headParameters, layerMatrixParameters } from './matrix-parameters.ts';
import type { RecomputedShares } from './recompute.ts';
import { towerFlopsPerToken } from './tower-flops.ts';

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
  const isTrained = training.method === 'full' && training.frozenDecoder !== true;
  const ownPasses = (isTrained ? 3 : 2) + reference;
  const matrixPasses = ownPasses + recomputed.matrices;
  const attentionPasses = 3 + reference + recomputed.attention;
  const elementwisePasses = 3 + reference + recomputed.elementwise;

  const weights = layerMatrixParameters(model) * share;
  const widths = layerStack(model).reduce((sum, layers) => sum + layers.count * widthsMoved(run, layers), 0);
  const movedOnce = (tokens * bytes * widths) / pipeline;
  const traffic =
    weights * (bytes * matrixPasses + dequantizedBytes(run, matrixPasses)) + movedOnce * elementwisePasses;
  const head = headParameters(model) * share;
  const towers = towerFlopsPerToken(model, training) * share * tokens * (1 + recomputed.matrices / 3);
  return {
    matrices: (2 * weights * tokens * matrixPasses + towers) / speed.matrixFlopsPerSecond,
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
function widthsMoved({ training, parallelism }: DescribedRun, layers: Layers): number {
  const { hiddenSize: h, gatedMlp } = layers.shape;
  const { tensor } = parallelism;
  const f = mlpWidth(layers);
  const operands = (gatedMlp ? 6 : 5) * h + ((gatedMlp ? 3 : 2) * f) / tensor;
  const normed = splitsNorms(training.trainer, parallelism) ? (8 * h) / tensor : 8 * h;
  return operands + normed + (mixedWidths(layers) + (gatedMlp ? 4 : 3) * f) / tensor;
}

/** Queries, keys and values as operands, rotated and laid out; what another mixer keeps, written and read. */
function mixedWidths({ mixers, shape }: Layers): number {
  const { query, keyValue } = attentionWidths(shape);
  return mixers.reduce((sum, mixer) => {
    if (isRecurrence(mixer)) return sum + 2 * mixerParts(shape, mixer).keptValues;
    return sum + 6 * query + 2 * keyValue;
  }, 0);
}

/** NeMo's and Megatron-Bridge's recipes and torchtitan turn sequence parallelism on with tensor parallelism. */
function splitsNorms(trainer: string | null, { sequenceParallel }: TrainingRun['parallelism']): boolean {
  return sequenceParallel || ['nemo', 'megatron-bridge', 'torchtitan'].includes(trainer?.toLowerCase() ?? '');
}

/** Width of the MLPs of one layer that a token passes through. */
function mlpWidth({ mlp, shape: { moe, intermediateSize } }: Layers): number {
  if (mlp === 'none') return 0;
  if (mlp === 'dense' || moe === null) return intermediateSize;
  return moe.expertsPerToken * moe.intermediateSize + moe.sharedExperts * moe.sharedIntermediateSize;
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
  const heads = layerStack(model).reduce(
    (sum, { count, mixers, shape }) => sum + (mixers.includes('attention') ? count * shape.numAttentionHeads : 0),
    0,
  );
  const scores = (heads * training.sequenceLength * tokens) / (tensor * pipeline);
  return {
    attention: (2 * forward * passes) / (speed.matrixFlopsPerSecond * speed.alignment),
    elementwise: (traffic + scores * 8 * passes) / speed.bytesPerSecond,
  };
}
