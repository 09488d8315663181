import type { LineItem } from '../line-item.ts';
import type { Snapshot } from './snapshot.ts';
import { computeBytes } from './state-bytes.ts';

/**
 * Further copies of the model: a moving average in the type of the trained weights, divided as they are, and the frozen
 * reference of preference training (DPO, arXiv 2305.18290 §4). With adapters, the base model is the reference.
 */
export function modelCopies({ gpu, training, bytes }: Snapshot): LineItem {
  const { denseRanks, expertRanks } = gpu;
  const average = training.ema ? Math.max(bytes.weight, bytes.master) : 0;
  const reference = training.referenceModel && training.method === 'full' ? computeBytes(training.precision) : 0;
  const held =
    (average * gpu.trainedDense + reference * gpu.denseParameters) / denseRanks.weights +
    (average * gpu.trainedExperts + reference * gpu.expertParameters) / expertRanks.weights;
  return {
    id: 'model_copies',
    label: 'Moving average and reference model',
    bytes: held,
    formula: 'e·P/N + r·M/N',
    quantities: [
      ['e', average],
      ['P', gpu.trainedDense + gpu.trainedExperts],
      ['r', reference],
      ['M', gpu.denseParameters + gpu.expertParameters],
      ['N', denseRanks.weights],
    ],
    source: 'DPO, arXiv 2305.18290 §4; PyTorch docs, AveragedModel',
  };
}
