import { defineGpu } from '../gpu-sheet.ts';

export const a40 = defineGpu({
  name: 'A40',
  aliases: [],
  cloudNames: [],
  vendor: 'NVIDIA',
  architecture: 'Ampere',
  memoryGib: 48,
  driverMib: 46_068,
  usableGib: 44.35,
  gigabytesPerSecond: 696,
  peakTflops: { fp32: 37.4, tf32: 74.8, bf16: 149.7, fp16: 149.7, fp8: null },
  interconnect: { kind: 'NVLink3 bridge (pair)', gigabytesPerSecond: 112.5 },
  gpusPerNode: 4,
  confidence: 'high',
  recalled: ['usable memory', 'interconnect'],
  sources: [
    'Lightning Fabric throughput table (Lightning-AI/pytorch-lightning@7f0c3436)',
    'LLM-Viewer hardware parameters (hahnyuan/LLM-Viewer)',
    'verl FLOPs counter table',
    'Bud simulator hardware configs (BudEcosystem/simulator)',
    'nvidia-smi tables quoted in public repositories',
  ],
  notes: 'Driver total with ECC; 48685 to 49140 MiB without.',
});
