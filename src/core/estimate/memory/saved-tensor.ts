import type { MixerName } from '../../run/layer-kind.ts';
import type { Matrix } from '../../run/matrices.ts';
import type { ModelShape, Training } from '../../run/training-run.ts';
import type { Circumstances } from './circumstances.ts';
import { computeBytes } from './state-bytes.ts';

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
  /** Bytes of an element of the residual stream. */
  readonly residualBytes: number;
  readonly hasExperts: boolean;
  /** What mixes tokens; attention where nothing is said. */
  readonly mixers?: readonly MixerName[];
  /** false: the layer has a mixer alone. */
  readonly hasMlp?: boolean;
}

/**
 * A fused norm keeps its input; an eager one the fp32 copy of it, and the normalized values for the gradient of its own
 * weight. `keptBytes`: what a selective policy keeps in front of it, the layer's input or the output of the last matmul.
 */
export function norm({ model, training, circumstances, residualBytes }: LayerInput, keptBytes: number): SavedTensor {
  const isEager = !circumstances.fusedKernels && computeBytes(training.precision) === 2;
  const normalized = training.method === 'full' ? 2 : 0;
  const perElement = isEager ? 4 + normalized : residualBytes;
  return {
    bytesPerToken: perElement * model.hiddenSize,
    divided: 'with-sequence-parallel',
    keptBytesPerToken: keptBytes,
  };
}

/** What a norm gives to the matrices behind it. */
export function normOutput(input: LayerInput, bytesPerToken: number, matrices: readonly Named[]): SavedTensor {
  return { ...linearInput(input, bytesPerToken, matrices, 'with-sequence-parallel'), recomputedWith: ['layernorm'] };
}

type Named = Pick<Matrix, 'names'>;

/**
 * The input of matrices is kept for the gradient of their weights: not if they are frozen and carry no adapter. Adapters
 * of another type than the input each keep a cast of their own (PEFT, `_cast_input_dtype`).
 */
export function linearInput(
  { training, circumstances }: LayerInput,
  bytesPerToken: number,
  matrices: readonly Named[],
  divided: SavedTensor['divided'],
): SavedTensor {
  const adapted = matrices.filter(({ names }) => hasAdapter(training, names)).length;
  const copies = circumstances.castsAdapterInputs ? adapted : Math.min(1, adapted);
  const isTrained = training.method === 'full' && training.frozenDecoder !== true;
  return { bytesPerToken: (isTrained ? 1 : copies) * bytesPerToken, divided, keptBytesPerToken: 0 };
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
