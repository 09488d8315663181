import { defineGpu } from '../gpu-sheet.ts';

export const l2 = defineGpu({
  name: 'L2',
  aliases: [],
  cloudNames: [],
  vendor: 'NVIDIA',
  architecture: 'Ada',
  memoryGib: 24,
  driverMib: null,
  usableGib: null,
  gigabytesPerSecond: 300,
  peakTflops: { fp32: null, tf32: 48, bf16: 97, fp16: 97, fp8: 193 },
  interconnect: { kind: 'none (PCIe4 x16)', gigabytesPerSecond: null },
  gpusPerNode: 8,
  confidence: 'medium',
  recalled: [],
  sources: ['auto_parallel/cluster_info.py (NVIDIA/TensorRT-LLM@16d2467e)'],
  notes: 'Sold in China only. GPUs a node are those of the L4.',
});
