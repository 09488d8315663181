import type { Matrix } from '../matrices.ts';
import type { LinearAttentionShape } from '../mixer-shapes.ts';
import type { MixerParts } from './mixer-parts.ts';

/** Tokens that the kernels work on as one matrix product (flash-linear-attention; lightning attention). */
const chunk = { gated_delta: 64, kimi: 64, lightning: 256 };

export function linearAttention(hiddenSize: number, shape: LinearAttentionShape): MixerParts {
  switch (shape.kind) {
    case 'gated_delta':
      return gatedDelta(hiddenSize, shape);
    case 'kimi':
      return kimiDelta(hiddenSize, shape);
    case 'lightning':
      return lightning(hiddenSize, shape);
  }
}

/**
 * Gated DeltaNet (arXiv 2412.06464 §3): queries, keys and values behind one convolution, a decay and a rate a head, a
 * gated norm on the output (transformers, Qwen3NextGatedDeltaNet).
 */
function gatedDelta(hiddenSize: number, shape: LinearAttentionShape): MixerParts {
  const { numValueHeads, valueHeadDim, convKernel } = shape;
  const { key, value } = widths(shape);
  const convolved = 2 * key + value;
  return {
    matrices: [
      matrix(['in_proj_qkvz', 'in_proj_qkv'], hiddenSize, convolved + value),
      matrix(['in_proj_ba'], hiddenSize, 2 * numValueHeads),
      matrix(['out_proj'], value, hiddenSize),
    ],
    vectors: convolved * convKernel + 2 * numValueHeads + valueHeadDim,
    ...deltaRule(shape, 2 * convolved + value),
    scanFlops: 2 * convKernel * convolved + deltaFlops(shape),
  };
}

/**
 * Kimi Delta Attention (arXiv 2510.26692 §3): three convolutions, a decay for each channel and an output gate through
 * matrices as narrow as one head, a rate a head.
 */
function kimiDelta(hiddenSize: number, shape: LinearAttentionShape): MixerParts {
  const { numValueHeads, valueHeadDim, convKernel } = shape;
  const { key, value } = widths(shape);
  const convolved = 2 * key + value;
  return {
    matrices: [
      matrix(['q_proj'], hiddenSize, key),
      matrix(['k_proj'], hiddenSize, key),
      matrix(['v_proj'], hiddenSize, value),
      matrix(['f_a_proj'], hiddenSize, valueHeadDim),
      matrix(['f_b_proj'], valueHeadDim, key),
      matrix(['b_proj'], hiddenSize, numValueHeads),
      matrix(['g_a_proj'], hiddenSize, valueHeadDim),
      matrix(['g_b_proj'], valueHeadDim, value),
      matrix(['o_proj'], value, hiddenSize),
    ],
    // Convolutions, decays of heads, their bias a channel, the norm of a head.
    vectors: convolved * convKernel + numValueHeads + key + valueHeadDim,
    ...deltaRule(shape, 2 * convolved + value + key),
    scanFlops: 2 * convKernel * convolved + deltaFlops(shape),
  };
}

/** Lightning attention (arXiv 2405.17381 §3): a fixed decay a head, a norm and a gate on the output (MiniMax-01). */
function lightning(hiddenSize: number, shape: LinearAttentionShape): MixerParts {
  const { key, value } = widths(shape);
  const { numValueHeads, keyHeadDim, valueHeadDim } = shape;
  return {
    matrices: [
      matrix(['qkv_proj'], hiddenSize, 2 * key + value),
      matrix(['output_gate'], hiddenSize, value),
      matrix(['out_proj'], value, hiddenSize),
    ],
    vectors: value,
    keptValues: 2 * (2 * key + value) + 4 * value,
    keptFp32Values: 0,
    workingFp32Values: (numValueHeads * keyHeadDim * valueHeadDim) / chunk.lightning,
    scanFlops: numValueHeads * (chunk.lightning * (keyHeadDim + valueHeadDim) + 4 * keyHeadDim * valueHeadDim),
  };
}

function widths({ numKeyHeads, keyHeadDim, numValueHeads, valueHeadDim }: LinearAttentionShape) {
  return { key: numKeyHeads * keyHeadDim, value: numValueHeads * valueHeadDim };
}

/**
 * `projected` values around the convolution; queries and keys repeated for all value heads, the inverse of the chunk's
 * matrix, output, its norm and gate; decay and rate in fp32 (flash-linear-attention, chunk_gated_delta_rule).
 */
function deltaRule(
  { numValueHeads, keyHeadDim, valueHeadDim, kind }: LinearAttentionShape,
  projected: number,
): Pick<MixerParts, 'keptValues' | 'keptFp32Values' | 'workingFp32Values'> {
  return {
    keptValues: projected + numValueHeads * (2 * keyHeadDim + 3 * valueHeadDim + chunk[kind]),
    keptFp32Values: 2 * numValueHeads,
    workingFp32Values: (numValueHeads * keyHeadDim * valueHeadDim) / chunk[kind],
  };
}

/** Within a chunk causally half of its tokens: keys with keys and queries, the inverse on keys and values, the output; then the state read twice and written. */
function deltaFlops({ numValueHeads, keyHeadDim, valueHeadDim, kind }: LinearAttentionShape): number {
  return numValueHeads * (chunk[kind] * (3 * keyHeadDim + 2 * valueHeadDim) + 6 * keyHeadDim * valueHeadDim);
}

function matrix(names: readonly string[], inputs: number, outputs: number): Matrix {
  return { names, inputs, outputs, bias: false };
}
