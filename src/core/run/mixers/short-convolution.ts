import type { ShortConvolutionShape } from '../mixer-shapes.ts';
import type { MixerParts } from './mixer-parts.ts';

/** LFM2's gated convolution: three vectors of the hidden size, one convolved, two as gates (transformers, Lfm2ShortConv). */
export function shortConvolution(hiddenSize: number, { kernel, bias }: ShortConvolutionShape): MixerParts {
  return {
    matrices: [
      { names: ['in_proj'], inputs: hiddenSize, outputs: 3 * hiddenSize, bias },
      { names: ['out_proj'], inputs: hiddenSize, outputs: hiddenSize, bias },
    ],
    vectors: hiddenSize * (kernel + (bias ? 1 : 0)),
    keptValues: 6 * hiddenSize,
    keptFp32Values: 0,
    workingFp32Values: 0,
    scanFlops: 2 * kernel * hiddenSize,
  };
}
