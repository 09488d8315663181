import type { Training } from '../../run/training-run.ts';
import type { LineItem } from '../line-item.ts';
import type { Snapshot } from './snapshot.ts';
import { adapterBytes } from './parameters.ts';

/**
 * Gradients of the trained parameters. They are all there from the end of the backward pass on; before, only where
 * they add up over micro batches or live in buffers of their own, as Megatron's fp32 main gradients do.
 */
export function gradients(snapshot: Snapshot): LineItem {
  const { gpu, training, parallelism, bytes } = snapshot;
  const perParameter = training.method === 'full' ? bytes.gradient : adapterBytes(snapshot);
  const share = parallelism.cpuOffload === 'parameters' ? 0 : shareThatExists(snapshot);
  const dense = (gpu.trainedDense * perParameter) / gpu.denseRanks.gradients;
  const experts = (gpu.trainedExperts * perParameter) / gpu.expertRanks.gradients;
  const isPartial = share < 1;
  return {
    id: 'gradients',
    label: 'Gradients',
    bytes: share * (dense + experts),
    formula: `${isPartial ? 'x·' : ''}g·${experts === 0 ? 'P/N' : '(P/N + Pₑ/Nₑ)'}`,
    quantities: [
      ...(isPartial ? ([['x', share]] as const) : []),
      ['g', perParameter],
      ['P', gpu.trainedDense],
      ['N', gpu.denseRanks.gradients],
      ...(experts === 0
        ? []
        : ([
            ['Pₑ', gpu.trainedExperts],
            ['Nₑ', gpu.expertRanks.gradients],
          ] as const)),
    ],
    source: bytes.source,
  };
}

/** Whether the optimizer works on each gradient as soon as it is there, as LOMO always does (arXiv 2306.09782 §3.2). */
export function stepsInBackward({ optimizer, optimizerInBackward }: Training): boolean {
  return optimizerInBackward || optimizer === 'lomo';
}

/** DeepSpeed moves gradients to the CPU as they appear, with the optimizer (ZeRO-Offload, arXiv 2101.06840 §4.1). */
function offloadsGradients({ states, engine }: Snapshot['traits']): boolean {
  return engine === 'deepspeed' || (states === 'accelerate' && engine === null);
}

/** Share of the gradients that exists in a phase (PyTorch docs, `zero_grad(set_to_none=True)`, the default). */
function shareThatExists({ phase, gpu, training, parallelism, traits }: Snapshot): number {
  const total = gpu.denseParameters + gpu.expertParameters;
  const largest = Math.min(1, Math.max(gpu.headParameters, gpu.layerParameters) / total);
  const isOffloaded = parallelism.cpuOffload !== 'none' && offloadsGradients(traits);
  if (stepsInBackward(training) || isOffloaded) {
    return phase === 'loss' || phase === 'optimizer-step' ? 0 : largest;
  }
  const lasts = training.gradientAccumulationSteps > 1 || parallelism.pipeline > 1 || traits.states === 'megatron';
  if (lasts || phase === 'end-of-backward' || phase === 'optimizer-step' || training.method !== 'full') return 1;
  if (phase === 'loss') return 0;
  return Math.min(1, (gpu.headParameters + gpu.layerParameters) / total);
}
