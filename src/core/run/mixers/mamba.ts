import type { MambaShape } from '../mixer-shapes.ts';
import type { MixerParts } from './mixer-parts.ts';

/**
 * Mamba (arXiv 2312.00752 §3.4): a gated projection, a convolution, step sizes and matrices made from its output, a scan.
 * The fused kernel keeps the projections, the convolution's output and its own, and one state for some thousand tokens.
 */
export function mamba(hiddenSize: number, shape: MambaShape): MixerParts {
  const { innerSize, stateSize, convKernel, convBias, projectionBias, stepRank, innerNorms } = shape;
  const compressed = stepRank + 2 * stateSize;
  return {
    matrices: [
      { names: ['in_proj'], inputs: hiddenSize, outputs: 2 * innerSize, bias: projectionBias },
      { names: ['x_proj'], inputs: innerSize, outputs: compressed, bias: false },
      { names: ['dt_proj'], inputs: stepRank, outputs: innerSize, bias: true },
      { names: ['out_proj'], inputs: innerSize, outputs: hiddenSize, bias: projectionBias },
    ],
    // Convolution, decay A, skip D.
    vectors:
      innerSize * (convKernel + (convBias ? 1 : 0)) +
      innerSize * (stateSize + 1) +
      (innerNorms ? stepRank + 2 * stateSize : 0),
    keptValues: 4 * innerSize + compressed,
    keptFp32Values: 0,
    workingFp32Values: innerSize,
    // Decay, input and output of the state: a multiply-add each.
    scanFlops: 2 * convKernel * innerSize + 6 * innerSize * stateSize,
  };
}

/**
 * Mamba-2 (arXiv 2405.21060 §7): all projections in one, heads with one decay each, groups of heads with the same
 * matrices. Chunks are matrix products (§6): within one, causally, half of its tokens; between them, the states.
 */
export function mamba2(hiddenSize: number, shape: MambaShape): MixerParts {
  const { innerSize, stateSize, convKernel, convBias, projectionBias, numHeads, numGroups, chunkSize } = shape;
  const grouped = numGroups * stateSize;
  const convolved = innerSize + 2 * grouped;
  return {
    matrices: [
      { names: ['in_proj'], inputs: hiddenSize, outputs: innerSize + convolved + numHeads, bias: projectionBias },
      { names: ['out_proj'], inputs: innerSize, outputs: hiddenSize, bias: projectionBias },
    ],
    // Convolution; decay, skip and step bias of each head; the norm of the gated output.
    vectors: convolved * (convKernel + (convBias ? 1 : 0)) + 3 * numHeads + (shape.outputNorm ? innerSize : 0),
    keptValues: 2 * innerSize + 2 * grouped + convolved + 2 * innerSize,
    keptFp32Values: 2 * numHeads,
    workingFp32Values: (innerSize * stateSize) / chunkSize,
    scanFlops: 2 * convKernel * convolved + chunkSize * (grouped + innerSize) + 4 * innerSize * stateSize,
  };
}
