import { defineGpu } from '../gpu-sheet.ts';

export const l40 = defineGpu({
  name: 'L40',
  aliases: [],
  cloudNames: [],
  vendor: 'NVIDIA',
  architecture: 'Ada',
  memoryGib: 48,
  driverMib: 46_068,
  usableGib: 44.4,
  gigabytesPerSecond: 864,
  peakTflops: { fp32: 90.5, tf32: 90.5, bf16: 181.05, fp16: 181.05, fp8: 362 },
  interconnect: { kind: 'none (PCIe4 x16)', gigabytesPerSecond: null },
  gpusPerNode: 8,
  confidence: 'high',
  recalled: ['usable memory', 'driver memory'],
  sources: [
    'Lightning Fabric throughput table (Lightning-AI/pytorch-lightning@7f0c3436)',
    'verl FLOPs counter table',
    'LLM-Viewer hardware parameters (hahnyuan/LLM-Viewer)',
    'NVIDIA L40 datasheet, recalled and not re-read',
  ],
  notes: null,
});
