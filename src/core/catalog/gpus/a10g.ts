import { defineGpu } from '../gpu-sheet.ts';

export const a10g = defineGpu({
  name: 'A10G',
  aliases: [],
  cloudNames: ['g5.*'],
  vendor: 'NVIDIA',
  architecture: 'Ampere',
  memoryGib: 24,
  driverMib: 23_028,
  usableGib: 22.184,
  gigabytesPerSecond: 600,
  peakTflops: { fp32: 31.2, tf32: 35, bf16: 70, fp16: 70, fp8: null },
  interconnect: { kind: 'none (PCIe4 x16)', gigabytesPerSecond: null },
  gpusPerNode: 8,
  confidence: 'medium',
  recalled: ['driver memory'],
  sources: [
    'Lightning Fabric throughput table (Lightning-AI/pytorch-lightning@7f0c3436)',
    'llm-analysis GPU configs (cli99/llm-analysis@d841e40a)',
    'torch total_memory printed in unslothai/notebooks',
    'auto_parallel/cluster_info.py (NVIDIA/TensorRT-LLM@16d2467e)',
  ],
  notes: "The figure of AWS's own variant. Lightning's table has the A10's 125 TFLOP/s instead of 70.",
});
