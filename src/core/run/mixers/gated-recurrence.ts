import type { GatedRecurrenceShape } from '../mixer-shapes.ts';
import type { MixerParts } from './mixer-parts.ts';

/** Griffin's recurrent block (arXiv 2402.19427 §2.3, 2.4): two branches, one convolved and through the RG-LRU, whose gates are block matrices. */
export function gatedRecurrence(hiddenSize: number, shape: GatedRecurrenceShape): MixerParts {
  const { width, convKernel, numHeads } = shape;
  const gates = 2 * (width * (width / numHeads) + width);
  return {
    matrices: [
      { names: ['linear_x'], inputs: hiddenSize, outputs: width, bias: true },
      { names: ['linear_y'], inputs: hiddenSize, outputs: width, bias: true },
      { names: ['linear_out'], inputs: width, outputs: hiddenSize, bias: true },
    ],
    vectors: gates + width * (convKernel + 1) + width,
    keptValues: 6 * width,
    keptFp32Values: 2 * width,
    workingFp32Values: width,
    scanFlops: 2 * convKernel * width + 4 * width * (width / numHeads) + 6 * width,
  };
}
