import {
  attentionMatrices,
  attentionWidths,
  fusedGateUp,
  fusedQkv,
  latentMatrices,
  mlpMatrices,
} from '../../run/matrices.ts';
import type { LatentAttention, ModelShape, Training } from '../../run/training-run.ts';
import type { Circumstances } from './circumstances.ts';
import { computeBytes } from './state-bytes.ts';

/** A tensor that autograd keeps for the backward pass of one layer. */
interface SavedTensor {
  readonly bytesPerToken: number;
  /** Tensor parallelism divides it always (heads, MLP), or only with sequence parallelism (norms, residual stream). */
  readonly divided: 'always' | 'with-sequence-parallel';
  /** Bytes of it that stay when every second matmul is recomputed; the scores are recomputed in both selective policies. */
  readonly keptBytesPerToken: number;
  readonly isScores?: boolean;
  /** The modules of Megatron whose recomputation drops it. */
  readonly recomputedWith?: Training['recomputeModules'];
}

/** Bytes per token that one layer keeps on one GPU, by how much is recomputed. */
export interface LayerActivations {
  readonly all: number;
  readonly everySecondMatmul: number;
  /** All but scores and the modules that the config names. */
  readonly allButScores: number;
  /** The layer's input alone. */
  readonly input: number;
}

export interface LayerInput {
  readonly model: ModelShape;
  readonly training: Training;
  readonly circumstances: Circumstances;
  readonly tensor: number;
  readonly sequenceParallel: boolean;
  /** Bytes of an element of the residual stream. */
  readonly residualBytes: number;
  readonly hasExperts: boolean;
}

/**
 * Sum over the operators of one layer, as autograd saves their inputs: norms, projections, attention, MLP or experts.
 * It takes the place of the closed form of Korthikanti et al. (arXiv 2205.05198 §4.1), which holds for multi-head
 * attention, a plain MLP of 4h and dropout only. Llama-3-8B, fused kernels, keys and values not repeated:
 * 8h + 2(q + 2c) + 2q + 4a + 6f = 32768 + 12288 + 8192 + 128 + 86016 = 139,392 bytes per token.
 */
export function layerActivations(input: LayerInput): LayerActivations {
  const tensors = [...attention(input), ...(input.hasExperts ? experts(input) : mlp(input)), decomposed(input)];
  const onGpu = (bytes: number, { divided }: SavedTensor): number =>
    divided === 'always' || input.sequenceParallel ? bytes / input.tensor : bytes;
  const total = (bytesOf: (tensor: SavedTensor) => number): number =>
    input.circumstances.savedShare * tensors.reduce((sum, tensor) => sum + onGpu(bytesOf(tensor), tensor), 0);
  const inputBytes = input.residualBytes * input.model.hiddenSize;
  return {
    all: total((tensor) => tensor.bytesPerToken),
    everySecondMatmul: total((tensor) => tensor.keptBytesPerToken),
    allButScores: total((tensor) => (isRecomputed(tensor, input) ? 0 : tensor.bytesPerToken)),
    input: input.sequenceParallel ? inputBytes / input.tensor : inputBytes,
  };
}

function isRecomputed({ isScores, recomputedWith }: SavedTensor, { training }: LayerInput): boolean {
  return isScores === true || training.recomputeModules.some((module) => recomputedWith?.includes(module) ?? false);
}

function attention(input: LayerInput): SavedTensor[] {
  const { model, training, circumstances } = input;
  if (model.latentAttention !== undefined) return latentAttention(input, model.latentAttention);
  const x = computeBytes(training.precision);
  const { query, keyValue } = attentionWidths(model);
  const qkvNames = [
    ...attentionMatrices(model)
      .slice(0, 3)
      .flatMap(({ names }) => names),
    ...fusedQkv(model).names,
  ];
  const keysAndValues = 2 * (circumstances.expandedKeyValues ? query : keyValue);
  const logSumExp = 4 * model.numAttentionHeads;
  return [
    norm(input, input.residualBytes * model.hiddenSize),
    normOutput(input, x * model.hiddenSize, qkvNames),
    // Of q, k and v the first and the third are outputs of odd matmuls.
    { bytesPerToken: x * (query + keysAndValues), divided: 'always', keptBytesPerToken: x * (query + keyValue) },
    // The output is the input of the output projection as well: kept once, for attention's own backward pass.
    { bytesPerToken: x * query + logSumExp, divided: 'always', keptBytesPerToken: x * query + logSumExp },
    ...(training.flashAttention ? [] : [scores(model, training, x)]),
    dropoutMask(input),
  ];
}

/** Compressed vectors before and after their norms, queries and keys of all heads, values, output (arXiv 2405.04434 §2.1). */
function latentAttention(input: LayerInput, latent: LatentAttention): SavedTensor[] {
  const { model, training } = input;
  const x = computeBytes(training.precision);
  const { query } = attentionWidths(model);
  const value = model.numAttentionHeads * latent.valueHeadDim;
  const { down } = latentMatrices(model, latent);
  const compressed = x * (latent.queryRank + latent.keyValueRank + latent.ropeHeadDim);
  const normalized = x * (latent.queryRank + latent.keyValueRank);
  const output = x * value + 4 * model.numAttentionHeads;
  return [
    norm(input, input.residualBytes * model.hiddenSize),
    normOutput(
      input,
      x * model.hiddenSize,
      down.flatMap(({ names }) => names),
    ),
    { bytesPerToken: compressed + normalized, divided: 'with-sequence-parallel', keptBytesPerToken: compressed },
    {
      bytesPerToken: x * (2 * query + value),
      divided: 'always',
      keptBytesPerToken: 0,
      recomputedWith: ['mla_up_proj'],
    },
    { bytesPerToken: output, divided: 'always', keptBytesPerToken: output },
    ...(training.flashAttention ? [] : [scores(model, training, x)]),
    dropoutMask(input),
  ];
}

/** Eager attention keeps the scores, their fp32 softmax and the probabilities in the compute type. */
function scores(model: ModelShape, { sequenceLength }: Training, x: number): SavedTensor {
  const bytesPerToken = model.numAttentionHeads * sequenceLength * (x + 4 + x);
  return { bytesPerToken, divided: 'always', keptBytesPerToken: 0, isScores: true };
}

/** One byte an element for each of the two masks on the way back to the residual stream (arXiv 2205.05198 §4.1). */
function dropoutMask({ model, circumstances }: LayerInput): SavedTensor {
  const bytesPerToken = circumstances.dropout ? 2 * model.hiddenSize : 0;
  return { bytesPerToken, divided: 'with-sequence-parallel', keptBytesPerToken: 0 };
}

function mlp(input: LayerInput): SavedTensor[] {
  const { intermediateSize } = input.model;
  return [...mlpInput(input, intermediateSize), ...mlpInner(input, intermediateSize, 1, ['mlp'])];
}

function mlpInput(input: LayerInput, width: number): SavedTensor[] {
  const { model, training } = input;
  const inputBytes = computeBytes(training.precision) * model.hiddenSize;
  const gateUp = fusedGateUp(model, width);
  const names = mlpMatrices(model, width)
    .slice(0, -1)
    .flatMap((matrix) => matrix.names);
  return [norm(input, inputBytes), normOutput(input, inputBytes, [...names, ...(gateUp?.names ?? [])])];
}

/** Between the matrices of an MLP that a token passes `visits` times. */
function mlpInner(
  input: LayerInput,
  width: number,
  visits: number,
  recomputedWith: Training['recomputeModules'],
): SavedTensor[] {
  const { model, training, circumstances } = input;
  const bytes = visits * computeBytes(training.precision) * width;
  // Gate and up, and silu(gate) where it is an operator of its own; without a gate the pre-activation alone.
  const gated = circumstances.fusedKernels ? 2 : 3;
  const downNames = mlpMatrices(model, width).at(-1)?.names ?? [];
  return [
    {
      bytesPerToken: (model.gatedMlp ? gated : 1) * bytes,
      divided: 'always',
      keptBytesPerToken: bytes,
      recomputedWith,
    },
    {
      ...linearInput(input, bytes, downNames, 'always'),
      // The activation of experts can be recomputed alone.
      recomputedWith: recomputedWith.includes('moe') ? [...recomputedWith, 'moe_act'] : recomputedWith,
    },
  ];
}

/**
 * Router logits and probabilities in fp32; for each expert of a token the permuted input, the expert's MLP and its
 * weighted output; the shared experts as one MLP (Megatron Core, MoE layer).
 */
function experts(input: LayerInput): SavedTensor[] {
  const { model, training, circumstances } = input;
  if (model.moe === null) return [];
  const { numExperts, expertsPerToken, intermediateSize, sharedExperts, sharedIntermediateSize } = model.moe;
  const visits = expertsPerToken * circumstances.expertImbalance;
  // Routed tokens are weighted in fp32 unless a fused kernel does it, which keeps an fp32 copy of them.
  const weighted = circumstances.fusedWeighting ? 0 : 4;
  const permuted = visits * (2 * computeBytes(training.precision) + weighted) * model.hiddenSize;
  return [
    ...mlpInput(input, intermediateSize),
    {
      bytesPerToken: 8 * numExperts + permuted,
      divided: 'with-sequence-parallel',
      keptBytesPerToken: 0,
      recomputedWith: ['moe'],
    },
    ...mlpInner(input, intermediateSize, visits, ['moe']),
    ...mlpInner(input, sharedExperts * sharedIntermediateSize, 1, ['shared_experts']),
  ];
}

/**
 * A fused norm keeps its input; an eager one the fp32 copy of it, and the normalized values for the gradient of its own
 * weight. `keptBytes`: what a selective policy keeps in front of it, the layer's input or the output of the last matmul.
 */
function norm({ model, training, circumstances, residualBytes }: LayerInput, keptBytes: number): SavedTensor {
  const isEager = !circumstances.fusedKernels && computeBytes(training.precision) === 2;
  const normalized = training.method === 'full' ? 2 : 0;
  const perElement = isEager ? 4 + normalized : residualBytes;
  return {
    bytesPerToken: perElement * model.hiddenSize,
    divided: 'with-sequence-parallel',
    keptBytesPerToken: keptBytes,
  };
}

/** DoRA scales the output of each adapted matrix, and keeps it with the fp32 output of the adapter (arXiv 2402.09353 §4.1). */
function decomposed({ model, training }: LayerInput): SavedTensor {
  const isDora = training.adapter?.dora === true;
  const matrices = isDora ? [...attentionMatrices(model), ...mlpMatrices(model, model.intermediateSize)] : [];
  const outputs = matrices
    .filter(({ names }) => hasAdapter(training, names))
    .reduce((sum, matrix) => sum + matrix.outputs, 0);
  const bytesPerToken = (computeBytes(training.precision) + 4) * outputs;
  return { bytesPerToken, divided: 'always', keptBytesPerToken: 0 };
}

/** What a norm gives to the matrices behind it. */
function normOutput(input: LayerInput, bytesPerToken: number, names: readonly string[]): SavedTensor {
  return { ...linearInput(input, bytesPerToken, names, 'with-sequence-parallel'), recomputedWith: ['layernorm'] };
}

/** The input of a matrix is kept for the gradient of its weights: not if it is frozen and carries no adapter. */
function linearInput(
  { training }: LayerInput,
  bytesPerToken: number,
  names: readonly string[],
  divided: SavedTensor['divided'],
): SavedTensor {
  const bytes = training.method === 'full' || hasAdapter(training, names) ? bytesPerToken : 0;
  return { bytesPerToken: bytes, divided, keptBytesPerToken: 0 };
}

function hasAdapter({ adapter }: Training, names: readonly string[]): boolean {
  if (adapter === null) return false;
  const targets = adapter.targetModules.flatMap((target) => target.toLowerCase().split(/[^a-z0-9_-]+/));
  return targets.includes('all-linear') || names.some((name) => targets.includes(name));
}
