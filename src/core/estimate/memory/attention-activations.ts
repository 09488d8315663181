import { attentionMatrices, attentionWidths, fusedQkv, has, latentMatrices, type Matrix } from '../../run/matrices.ts';
import type { LatentAttention } from '../../run/mixer-shapes.ts';
import {
  dropoutMask,
  hasAdapter,
  extraNorm,
  linearInput,
  norm,
  normBytes,
  normOutput,
  type LayerInput,
  type SavedTensor,
} from './saved-tensor.ts';

export function attention(input: LayerInput): SavedTensor[] {
  const { model, training, circumstances } = input;
  if (model.latentAttention !== undefined) return latentAttention(input, model.latentAttention);
  const x = input.numerics.compute;
  const { query, keyValue } = attentionWidths(model);
  const [q, k, v, output] = attentionMatrices(model);
  // Eager attention repeats keys and values for each head; fused kernels read them as they are.
  const isRepeated = circumstances.expandedKeyValues || !training.flashAttention;
  const keysAndValues = 2 * (isRepeated ? query : keyValue);
  const logSumExp = 4 * model.numAttentionHeads;
  const isFused = circumstances.fusedQkv || (circumstances.transformersModel && has(model, 'fused-projections'));
  return [
    norm(input, input.numerics.residual * model.hiddenSize),
    normOutput(input, model.hiddenSize, isFused ? [joined(input)] : [q, k, v, fusedQkv(model)]),
    ...queryKeyNorms(input),
    ...(isFused ? fusedProjection(input, isRepeated) : []),
    // Of q, k and v the first and the third are outputs of odd matmuls.
    { bytesPerToken: x * (query + keysAndValues), divided: 'always', keptBytesPerToken: x * (query + keyValue) },
    attentionOutput(input, query, logSumExp, output),
    ...(training.flashAttention ? [] : [scores(input, x)]),
    ...extraNorm(input),
    dropoutMask(input),
  ];
}

/** One matrix with the names of the three that it holds. */
function joined({ model }: LayerInput): Matrix {
  const [q, k, v] = attentionMatrices(model);
  return { ...fusedQkv(model), names: [q, k, v, fusedQkv(model)].flatMap(({ names }) => names), isFusion: false };
}

/**
 * Where values are a view of the fused projection all of it stays, beside rotated queries and keys; adapters of some of the
 * three copy theirs into place (LitGPT, `LoRAQKVLinear.zero_pad`, index_copy).
 */
function fusedProjection({ model, training, circumstances, numerics }: LayerInput, isRepeated: boolean): SavedTensor[] {
  const { query, keyValue } = attentionWidths(model);
  // Values that are cast for attention are no view.
  const isView = (!isRepeated || query === keyValue) && numerics.output === numerics.compute;
  const [q, k, v] = attentionMatrices(model);
  const adapted = [q, k, v].filter(({ names }) => hasAdapter(training, names));
  const isPartial = circumstances.fusedQkv && adapted.length > 0 && adapted.length < 3;
  const copied = isPartial ? adapted.reduce((sum, { outputs }) => sum + outputs, 0) : 0;
  const bytesPerToken = numerics.compute * ((isView && model.learnedPositions === 0 ? query + keyValue : 0) + copied);
  return [{ bytesPerToken, divided: 'always', keptBytesPerToken: 0 }];
}

/**
 * A fused kernel keeps its output for its own backward pass, which is the input of the output projection as well; without
 * one it is that input alone.
 */
function attentionOutput(input: LayerInput, width: number, logSumExp: number, output: Matrix): SavedTensor {
  const { training, numerics } = input;
  const own = training.flashAttention ? numerics.compute * width : 0;
  const projected = linearInput(input, width, [output], 'always').bytesPerToken;
  const isShared = training.method === 'full' || (numerics.sharesAdapterInput && !input.circumstances.adapterDropout);
  const bytesPerToken = isShared ? Math.max(own, projected) : own + projected;
  return {
    bytesPerToken: bytesPerToken + logSumExp,
    divided: 'always',
    keptBytesPerToken: numerics.compute * width + logSumExp,
  };
}

/** Norms on queries and keys, over each head or all of them, in front of the rotation that makes new ones. */
function queryKeyNorms(input: LayerInput): SavedTensor[] {
  const { model, numerics } = input;
  if (!model.qkNorm) return [];
  const { query, keyValue } = attentionWidths(model);
  const bytesPerToken = normBytes(input, numerics.output) * (query + keyValue);
  return [{ bytesPerToken, divided: 'always', keptBytesPerToken: numerics.compute * query }];
}

/** Compressed vectors before and after their norms, queries and keys of all heads, values, output (arXiv 2405.04434 §2.1). */
function latentAttention(input: LayerInput, latent: LatentAttention): SavedTensor[] {
  const { model, training } = input;
  const x = input.numerics.compute;
  const { query } = attentionWidths(model);
  const value = model.numAttentionHeads * latent.valueHeadDim;
  const { down } = latentMatrices(model, latent);
  const compressed = x * (latent.queryRank + latent.keyValueRank + latent.ropeHeadDim);
  const normalized = x * (latent.queryRank + latent.keyValueRank);
  const output = x * value + 4 * model.numAttentionHeads;
  return [
    norm(input, input.numerics.residual * model.hiddenSize),
    normOutput(input, model.hiddenSize, down),
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
  const capped = has(model, 'softcapped-scores') ? x : 0;
  const bytesPerToken = model.numAttentionHeads * training.sequenceLength * (softmax + dropped + capped);
  return { bytesPerToken, divided: 'always', keptBytesPerToken: 0, isScores: true };
}
