import type { MixerName } from '../../run/layer-kind.ts';
import type { Matrix } from '../../run/matrices.ts';
import type { ModelShape } from '../../run/model-shape.ts';
import type { Training } from '../../run/training.ts';
import type { Circumstances } from './circumstances.ts';
import type { Numerics } from './numerics.ts';

/** A tensor that autograd keeps for the backward pass of one layer. */
export interface SavedTensor {
  readonly bytesPerToken: number;
  /** Tensor parallelism divides it always (heads, MLP), or only with sequence parallelism (norms, residual stream). */
  readonly divided: 'always' | 'with-sequence-parallel';
  /** Bytes of it that stay when every second matmul is recomputed; the scores are recomputed in both selective policies. */
  readonly keptBytesPerToken: number;
  readonly isScores?: boolean;
  /** The modules of Megatron whose recomputation drops it. */
  readonly recomputedWith?: Training['recomputeModules'];
}

export interface LayerInput {
  readonly model: ModelShape;
  readonly training: Training;
  readonly circumstances: Circumstances;
  readonly tensor: number;
  readonly sequenceParallel: boolean;
  readonly numerics: Numerics;
  readonly hasExperts: boolean;
  /** What mixes tokens; attention where nothing is said. */
  readonly mixers?: readonly MixerName[];
  /** false: the layer has a mixer alone. */
  readonly hasMlp?: boolean;
}

/**
 * A norm that is one kernel keeps its input (layer norms are one everywhere); an RMS norm of several the fp32 copy of it,
 * and the normalized values for the gradient of its own weight (transformers, LlamaRMSNorm). `inputBytes`: of an element
 * that it reads. `keptBytes`: what a selective policy keeps in front of it, the layer's input or the last matmul's output.
 */
export function norm(input: LayerInput, keptBytes: number, inputBytes: number = input.numerics.normInput): SavedTensor {
  const { model } = input;
  return {
    bytesPerToken: normBytes(input, inputBytes) * model.hiddenSize,
    divided: 'with-sequence-parallel',
    keptBytesPerToken: keptBytes,
  };
}

/** Bytes of an element that a norm keeps. */
export function normBytes({ model, training, circumstances, numerics }: LayerInput, inputBytes: number): number {
  const isOneKernel = circumstances.fusedKernels || circumstances.fusedNorms || model.norm === 'layernorm';
  if (isOneKernel) return inputBytes;
  const normalized = circumstances.wideNorms ? 4 : Math.max(inputBytes, numerics.compute);
  return 4 + (training.method === 'full' ? normalized : 0);
}

/** What a norm gives to the matrices behind it. */
export function normOutput(input: LayerInput, width: number, matrices: readonly Named[]): SavedTensor {
  return { ...linearInput(input, width, matrices, 'with-sequence-parallel'), recomputedWith: ['layernorm'] };
}

type Named = Pick<Matrix, 'names' | 'isFusion'>;

/**
 * The input of matrices, `width` elements, is kept for the gradient of their weights: once, or by each that casts it. Those
 * of a frozen base keep none without an adapter. Adapters of the input's own type share it; others each keep a cast (PEFT,
 * `_cast_input_dtype`), and with dropout each what is left of it and a mask of one byte (`lora_A(dropout(x))`).
 */
export function linearInput(
  input: LayerInput,
  width: number,
  matrices: readonly Named[],
  divided: SavedTensor['divided'],
): SavedTensor {
  const { training, circumstances, numerics } = input;
  const adapted = matrices.filter(({ names }) => hasAdapter(training, names)).length;
  const isTrained = training.method === 'full' && training.frozenDecoder !== true;
  const shared = numerics.compute * width;
  const kept = (): number => {
    if (isTrained) return numerics.castsInputs ? separate(matrices) * shared : shared;
    const base = circumstances.keepsFrozenInputs ? shared : 0;
    if (adapted === 0) return base;
    const isDropped = circumstances.adapterDropout;
    if (numerics.sharesAdapterInput && !isDropped) return shared;
    return base + adapted * (numerics.adapterInput + (isDropped ? 1 : 0)) * width;
  };
  return { bytesPerToken: kept(), divided, keptBytesPerToken: 0 };
}

/** Of matrices that a model may keep as one, those that it keeps apart. */
function separate(matrices: readonly Named[]): number {
  return Math.max(1, matrices.filter(({ isFusion }) => isFusion !== true).length);
}

export function hasAdapter({ adapter }: Training, names: readonly string[]): boolean {
  if (adapter === null) return false;
  const targets = adapter.targetModules.flatMap((target) => target.toLowerCase().split(/[^a-z0-9_-]+/));
  return targets.includes('all-linear') || names.some((name) => targets.includes(name));
}

/** One byte an element for each of the two masks on the way back to the residual stream (arXiv 2205.05198 §4.1). */
export function dropoutMask({ model, circumstances }: LayerInput): SavedTensor {
  const bytesPerToken = circumstances.dropout ? 2 * model.hiddenSize : 0;
  return { bytesPerToken, divided: 'with-sequence-parallel', keptBytesPerToken: 0 };
}

/** Models with four norms a layer (Gemma 2) have one behind attention and one behind the MLP as well. */
export function extraNorm(input: LayerInput): SavedTensor[] {
  const { model, numerics } = input;
  if (model.normsPerLayer < 4) return [];
  return [norm(input, numerics.compute * model.hiddenSize, numerics.output)];
}
