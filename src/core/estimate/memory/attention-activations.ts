import { attentionMatrices, attentionWidths, fusedQkv, latentMatrices } from '../../run/matrices.ts';
import type { LatentAttention } from '../../run/training-run.ts';
import { dropoutMask, norm, normOutput, type LayerInput, type SavedTensor } from './saved-tensor.ts';
import { computeBytes } from './state-bytes.ts';

export function attention(input: LayerInput): SavedTensor[] {
  const { model, training, circumstances } = input;
  if (model.latentAttention !== undefined) return latentAttention(input, model.latentAttention);
  const x = computeBytes(training.precision);
  const { query, keyValue } = attentionWidths(model);
  const qkv = [...attentionMatrices(model).slice(0, 3), fusedQkv(model)];
  const keysAndValues = 2 * (circumstances.expandedKeyValues ? query : keyValue);
  const logSumExp = 4 * model.numAttentionHeads;
  return [
    norm(input, input.residualBytes * model.hiddenSize),
    normOutput(input, x * model.hiddenSize, qkv),
    // Of q, k and v the first and the third are outputs of odd matmuls.
    { bytesPerToken: x * (query + keysAndValues), divided: 'always', keptBytesPerToken: x * (query + keyValue) },
    // The output is the input of the output projection as well: kept once, for attention's own backward pass.
    { bytesPerToken: x * query + logSumExp, divided: 'always', keptBytesPerToken: x * query + logSumExp },
    ...(training.flashAttention ? [] : [scores(input, x)]),
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
    normOutput(input, x * model.hiddenSize, down),
    { bytesPerToken: compressed + normalized, divided: 'with-sequence-parallel', keptBytesPerToken: compressed },
    {
      bytesPerToken: x * (2 * query + value),
      divided: 'always',
      keptBytesPerToken: 0,
      recomputedWith: ['mla_up_proj'],
    },
    { bytesPerToken: output, divided: 'always', keptBytesPerToken: output },
    ...(training.flashAttention ? [] : [scores(input, x)]),
    dropoutMask(input),
  ];
}

/**
 * Eager attention keeps the fp32 softmax and the probabilities in the compute type; a fused softmax the probabilities
 * alone, and dropout a mask and what it leaves: 2, or 5 bytes (arXiv 2205.05198 §4.1).
 */
function scores({ model, training, circumstances }: LayerInput, x: number): SavedTensor {
  const softmax = circumstances.fusedKernels || x === 4 ? x : 4 + x;
  const dropped = circumstances.dropout ? 1 + x : 0;
  const bytesPerToken = model.numAttentionHeads * training.sequenceLength * (softmax + dropped);
  return { bytesPerToken, divided: 'always', keptBytesPerToken: 0, isScores: true };
}
