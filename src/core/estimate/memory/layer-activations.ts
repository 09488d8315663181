import { attentionMatrices, mlpMatrices } from '../../run/matrices.ts';
import { mixer } from './mixer-activations.ts';
import { experts, mlp } from './mlp-activations.ts';
import { hasAdapter, type LayerInput, type SavedTensor } from './saved-tensor.ts';

/** Bytes per token that one layer keeps on one GPU, by how much is recomputed. */
export interface LayerActivations {
  readonly all: number;
  readonly everySecondMatmul: number;
  /** All but scores and the modules that the config names. */
  readonly allButScores: number;
  /** The layer's input alone. */
  readonly input: number;
}

/**
 * Sum over the operators of one layer, as autograd saves their inputs: norms, projections, attention, MLP or experts.
 * It takes the place of the closed form of Korthikanti et al. (arXiv 2205.05198 §4.1), which holds for multi-head
 * attention, a plain MLP of 4h and dropout only. Llama-3-8B, fused kernels, keys and values not repeated:
 * 8h + 2(q + 2c) + 2q + 4a + 6f = 32768 + 12288 + 8192 + 128 + 86016 = 139,392 bytes per token.
 */
export function layerActivations(input: LayerInput): LayerActivations {
  const { mixers = ['attention'], hasExperts, hasMlp = true } = input;
  const feedForward = hasExperts ? experts(input) : hasMlp ? mlp(input) : [];
  const tensors = [...mixers.flatMap((name) => mixer(input, name)), ...feedForward, decomposed(input)];
  const onGpu = (bytes: number, { divided }: SavedTensor): number =>
    divided === 'always' || input.sequenceParallel ? bytes / input.tensor : bytes;
  const total = (bytesOf: (tensor: SavedTensor) => number): number =>
    input.circumstances.savedShare * tensors.reduce((sum, tensor) => sum + onGpu(bytesOf(tensor), tensor), 0);
  const inputBytes = input.numerics.residual * input.model.hiddenSize;
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

/** DoRA scales the output of each adapted matrix, and keeps it with the output of the adapter, in its type (arXiv 2402.09353 §4.1). */
function decomposed({ model, training, numerics }: LayerInput): SavedTensor {
  const isDora = training.adapter?.dora === true;
  const matrices = isDora ? [...attentionMatrices(model), ...mlpMatrices(model, model.intermediateSize)] : [];
  const outputs = matrices
    .filter(({ names }) => hasAdapter(training, names))
    .reduce((sum, matrix) => sum + matrix.outputs, 0);
  const bytesPerToken = (numerics.compute + numerics.adapterInput) * outputs;
  return { bytesPerToken, divided: 'always', keptBytesPerToken: 0 };
}
