import type { MixerName } from '../../run/layer-kind.ts';
import { crossAttentionKept, crossAttentionMatrices } from '../../run/mixers/cross-attention.ts';
import { isRecurrence, mixerParts, type Recurrence } from '../../run/mixers/index.ts';
import { sourceTokens } from '../tower-tokens.ts';
import { attention } from './attention-activations.ts';
import { norm, normOutput, type LayerInput, type SavedTensor } from './saved-tensor.ts';

/** What the mixer of a layer keeps for the backward pass, its norm included. */
export function mixer(input: LayerInput, name: MixerName): SavedTensor[] {
  if (isRecurrence(name)) return recurrence(input, name);
  return name === 'cross_attention' ? crossAttention(input) : attention(input);
}

/** A policy that keeps every second matmul keeps the first projection's output, and recomputes the scan. */
function recurrence(input: LayerInput, name: Recurrence): SavedTensor[] {
  const { model, numerics } = input;
  const x = numerics.compute;
  const { matrices, keptValues, keptFp32Values } = mixerParts(model, name);
  return [
    norm(input, numerics.residual * model.hiddenSize),
    normOutput(input, model.hiddenSize, matrices),
    {
      bytesPerToken: x * keptValues + 4 * keptFp32Values,
      divided: 'always',
      keptBytesPerToken: x * (matrices[0]?.outputs ?? 0),
    },
  ];
}

/** Queries and output a token; keys and values, and the states that they are made of, a position that is read. */
function crossAttention(input: LayerInput): SavedTensor[] {
  const { model, training, numerics } = input;
  const x = numerics.compute;
  const { perToken, perSourceToken } = crossAttentionKept(model);
  const read = sourceTokens(model, training) / training.sequenceLength;
  const cross = model.crossAttention ?? { sourceSize: model.hiddenSize, isGated: false };
  const matrices = crossAttentionMatrices(model, cross);
  const bytesPerToken = x * (perToken + read * perSourceToken) + 4 * model.numAttentionHeads;
  return [
    norm(input, numerics.residual * model.hiddenSize),
    normOutput(input, model.hiddenSize, matrices),
    { bytesPerToken, divided: 'always', keptBytesPerToken: bytesPerToken / 2 },
  ];
}
