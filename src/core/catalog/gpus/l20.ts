import { defineGpu } from '../gpu-sheet.ts';

export const l20 = defineGpu({
  name: 'L20',
  aliases: [],
  cloudNames: [],
  vendor: 'NVIDIA',
  architecture: 'Ada',
  memoryGib: 48,
  driverMib: null,
  usableGib: null,
  gigabytesPerSecond: 864,
  peakTflops: { fp32: null, tf32: 60, bf16: 119, fp16: 119, fp8: 238 },
  interconnect: { kind: 'none (PCIe4 x16)', gigabytesPerSecond: null },
  gpusPerNode: 8,
  confidence: 'medium',
  recalled: [],
  sources: ['auto_parallel/cluster_info.py (NVIDIA/TensorRT-LLM@16d2467e)'],
  notes: 'Sold in China only. GPUs a node are those of the L40S.',
});
