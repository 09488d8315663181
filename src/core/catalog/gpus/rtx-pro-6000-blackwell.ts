import { defineGpu } from '../gpu-sheet.ts';

export const rtxPro6000Blackwell = defineGpu({
  name: 'RTX-PRO-6000-Blackwell',
  aliases: ['RTX PRO 6000', 'RTX PRO 6000 Blackwell Server Edition', 'RTX PRO 6000 Blackwell Workstation Edition'],
  cloudNames: ['nvidia-rtx-pro-6000', 'g4-standard-*'],
  vendor: 'NVIDIA',
  architecture: 'Blackwell',
  memoryGib: 96,
  driverMib: 97_887,
  usableGib: 94.97,
  gigabytesPerSecond: 1792,
  peakTflops: { fp32: 125, tf32: 251.9, bf16: 503.8, fp16: 503.8, fp8: 1007.6 },
  matrixShare: 0.86,
  interconnect: { kind: 'none (PCIe5 x16)', gigabytesPerSecond: null },
  gpusPerNode: 8,
  confidence: 'medium',
  recalled: ['usable memory'],
  sources: [
    'matrixShare: median of large 16-bit products in NVIDIA aiconfigurator-core 0.12.0 (Apache-2.0)',
    'ms-swift performance log table (modelscope/ms-swift)',
    'secondary web pages (waredb, spheron, press)',
    'nvidia-smi tables quoted in public repositories',
    'gpuhunt GPU tables (dstackai/gpuhunt@35841515)',
  ],
  notes: 'The Workstation Edition; the Max-Q one reaches 438.9. fp8 derived as twice bf16.',
});
