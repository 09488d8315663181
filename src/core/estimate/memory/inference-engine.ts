import type { GpuSpec } from '../../run/hardware.ts';
import type { LineItem } from '../line-item.ts';

/**
 * What an inference engine on the same GPU keeps while the model is trained: the share of the whole memory that it is
 * told (vLLM docs, `gpu_memory_utilization`), for its weights and its cache of keys and values.
 */
export function inferenceEngine(share: number, gpu: GpuSpec | null): LineItem {
  const bytes = gpu?.memoryBytes ?? 0;
  return {
    id: 'inference_engine',
    label: 'Inference engine',
    bytes: share * bytes,
    formula: 'u·G',
    quantities: [
      ['u', share],
      ['G', bytes],
    ],
    source: 'vLLM docs, engine arguments: gpu_memory_utilization',
  };
}
