import { fusedGateUp, has, mlpMatrices } from '../../run/matrices.ts';
import type { Training } from '../../run/training.ts';
import { extraNorm, linearInput, norm, normOutput, type LayerInput, type SavedTensor } from './saved-tensor.ts';

export function mlp(input: LayerInput): SavedTensor[] {
  const { intermediateSize } = input.model;
  if (input.training.tiledMlp === true) return tiledMlp(input);
  return [...mlpInput(input, intermediateSize), ...mlpInner(input, intermediateSize, 1, ['mlp']), ...extraNorm(input)];
}

/** Each part is computed again as it goes backwards (ALST, arXiv 2506.13996 §3.2): the norm and its output stay. */
function tiledMlp(input: LayerInput): SavedTensor[] {
  const { model, numerics } = input;
  const bytesPerToken = numerics.compute * model.hiddenSize;
  const output: SavedTensor = { bytesPerToken, divided: 'with-sequence-parallel', keptBytesPerToken: 0 };
  return [norm(input, bytesPerToken), output, ...extraNorm(input)];
}

function mlpInput(input: LayerInput, width: number): SavedTensor[] {
  const { model, numerics, circumstances } = input;
  const gateUp = fusedGateUp(model, width);
  const apart = mlpMatrices(model, width).slice(0, -1);
  const names = [...apart, ...(gateUp === null ? [] : [gateUp])].flatMap((matrix) => matrix.names);
  const isFused = has(model, 'fused-projections') && circumstances.transformersModel && gateUp !== null;
  const matrices = isFused ? [{ ...gateUp, names, isFusion: false }] : [...apart, ...(gateUp === null ? [] : [gateUp])];
  return [norm(input, numerics.compute * model.hiddenSize), normOutput(input, model.hiddenSize, matrices)];
}

/** Between the matrices of an MLP that a token passes `visits` times. */
function mlpInner(
  input: LayerInput,
  width: number,
  visits: number,
  recomputedWith: Training['recomputeModules'],
): SavedTensor[] {
  const { model, circumstances, numerics } = input;
  const elements = visits * width;
  // Gate and up, and silu(gate) where it is an operator of its own; without a gate the pre-activation alone.
  const gated = circumstances.fusedKernels ? 2 : 3;
  const down = mlpMatrices(model, width).slice(-1);
  const isProductKept = !(model.gatedMlp && circumstances.recomputesGatedProduct);
  return [
    {
      bytesPerToken: elements * (model.gatedMlp ? gated * numerics.output : plainActivation(input)),
      divided: 'always',
      keptBytesPerToken: numerics.compute * elements,
      recomputedWith,
    },
    {
      ...linearInput(input, isProductKept ? elements : 0, down, 'always'),
      // The activation of experts can be recomputed alone.
      recomputedWith: recomputedWith.includes('moe') ? [...recomputedWith, 'moe_act'] : recomputedWith,
    },
  ];
}

/**
 * The pre-activation; GELU in several operators keeps half of it, and tanh and its sum with one, under autocast in fp32 with
 * an fp32 copy of what is cubed (transformers, NewGELUActivation; autocast_mode.h).
 */
function plainActivation({ model, circumstances, numerics }: LayerInput): number {
  const isComposite = has(model, 'composite-gelu') && circumstances.transformersModel && !circumstances.fusedKernels;
  if (!isComposite) return numerics.output;
  return numerics.castsInputs ? 12 + numerics.output : 4 * numerics.output;
}

/**
 * Router logits and probabilities in fp32; for each expert of a token the permuted input, the expert's MLP and its
 * weighted output; the shared experts as one MLP (Megatron Core, MoE layer).
 */
export function experts(input: LayerInput): SavedTensor[] {
  const { model, training, circumstances, numerics } = input;
  if (model.moe === null) return [];
  const { numExperts, expertsPerToken, intermediateSize, sharedExperts, sharedIntermediateSize } = model.moe;
  const visits = expertsPerToken * circumstances.expertImbalance;
  // Routed tokens are weighted in fp32 unless a fused kernel does it, which keeps an fp32 copy of them.
  const weighted = circumstances.fusedWeighting ? 0 : 4;
  // What experts read is kept for their weights' gradients, what they give back for those of the routing weights.
  const read = training.method === 'full' ? numerics.compute : 0;
  const permuted = visits * (read + numerics.output + weighted) * model.hiddenSize;
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
