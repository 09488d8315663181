import { fusedGateUp, mlpMatrices } from '../../run/matrices.ts';
import type { Training } from '../../run/training-run.ts';
import { linearInput, norm, normOutput, type LayerInput, type SavedTensor } from './saved-tensor.ts';
import { computeBytes } from './state-bytes.ts';

export function mlp(input: LayerInput): SavedTensor[] {
  const { intermediateSize } = input.model;
  return [...mlpInput(input, intermediateSize), ...mlpInner(input, intermediateSize, 1, ['mlp'])];
}

function mlpInput(input: LayerInput, width: number): SavedTensor[] {
  const { model, training } = input;
  const inputBytes = computeBytes(training.precision) * model.hiddenSize;
  const gateUp = fusedGateUp(model, width);
  const matrices = [...mlpMatrices(model, width).slice(0, -1), ...(gateUp === null ? [] : [gateUp])];
  return [norm(input, inputBytes), normOutput(input, inputBytes, matrices)];
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
  const down = mlpMatrices(model, width).slice(-1);
  return [
    {
      bytesPerToken: (model.gatedMlp ? gated : 1) * bytes,
      divided: 'always',
      keptBytesPerToken: bytes,
      recomputedWith,
    },
    {
      ...linearInput(input, bytes, down, 'always'),
      // The activation of experts can be recomputed alone.
      recomputedWith: recomputedWith.includes('moe') ? [...recomputedWith, 'moe_act'] : recomputedWith,
    },
  ];
}

/**
 * Router logits and probabilities in fp32; for each expert of a token the permuted input, the expert's MLP and its
 * weighted output; the shared experts as one MLP (Megatron Core, MoE layer).
 */
export function experts(input: LayerInput): SavedTensor[] {
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
