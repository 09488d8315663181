import { defineGpu } from '../gpu-sheet.ts';

export const rtx3090 = defineGpu({
  name: 'RTX-3090',
  aliases: [],
  cloudNames: [],
  vendor: 'NVIDIA',
  architecture: 'Ampere',
  memoryGib: 24,
  driverMib: 24_576,
  usableGib: 23.69,
  gigabytesPerSecond: 936,
  peakTflops: { fp32: 35.6, tf32: 35.6, bf16: 71, fp16: 71, fp8: null },
  interconnect: { kind: 'NVLink3 bridge (pair)', gigabytesPerSecond: 112.5 },
  gpusPerNode: 4,
  confidence: 'medium',
  recalled: ['usable memory', 'driver memory', 'interconnect'],
  sources: [
    'Lightning Fabric throughput table (Lightning-AI/pytorch-lightning@7f0c3436)',
    'oumi performance/mfu.py',
    'Bud simulator hardware configs (BudEcosystem/simulator)',
    'NVIDIA RTX 3090 datasheet, recalled and not re-read',
  ],
  notes:
    'Tensor peak with fp32 accumulation, as training needs it; 142 with fp16 accumulation, 35.6 on the CUDA cores.',
});
