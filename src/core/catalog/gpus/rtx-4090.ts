import { defineGpu } from '../gpu-sheet.ts';

export const rtx4090 = defineGpu({
  name: 'RTX-4090',
  aliases: [],
  cloudNames: [],
  vendor: 'NVIDIA',
  architecture: 'Ada',
  memoryGib: 24,
  driverMib: 24_564,
  usableGib: 23.635,
  gigabytesPerSecond: 1008,
  peakTflops: { fp32: 82.6, tf32: 82.6, bf16: 165.2, fp16: 165.2, fp8: 330.3 },
  matrixShare: 0.86,
  interconnect: { kind: 'none (PCIe4 x16, no P2P)', gigabytesPerSecond: null },
  gpusPerNode: 8,
  confidence: 'medium',
  recalled: [],
  sources: [
    'Lightning Fabric throughput table (Lightning-AI/pytorch-lightning@7f0c3436)',
    'secondary web pages (waredb, spheron, press)',
    'Bud simulator hardware configs (BudEcosystem/simulator)',
    'torch total_memory printed in unslothai/notebooks',
    'nvidia-smi tables quoted in public repositories',
  ],
  notes:
    'Tensor peak with fp32 accumulation, as training needs it; 330 with fp16 accumulation, 82.6 on the CUDA cores. matrixShare as of the RTX PRO 6000.',
});
