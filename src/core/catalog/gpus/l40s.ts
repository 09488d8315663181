import { defineGpu } from '../gpu-sheet.ts';

export const l40s = defineGpu({
  name: 'L40S',
  aliases: [],
  cloudNames: ['g6e.*', 'BM.GPU.L40S.4', 'gpu-l40s-*'],
  vendor: 'NVIDIA',
  architecture: 'Ada',
  memoryGib: 48,
  driverMib: 46_068,
  usableGib: 44.4,
  gigabytesPerSecond: 864,
  peakTflops: { fp32: 91.6, tf32: 183, bf16: 362.05, fp16: 362.05, fp8: 733 },
  matrixShare: 0.59,
  interconnect: { kind: 'none (PCIe4 x16)', gigabytesPerSecond: null },
  gpusPerNode: 8,
  confidence: 'high',
  recalled: ['usable memory'],
  sources: [
    'matrixShare: median of large 16-bit products in NVIDIA aiconfigurator-core 0.12.0 (Apache-2.0)',
    'vendor pages as cited by stas00/ml-engineering@744d01e1',
    'torchtitan get_peak_flops (pytorch/torchtitan@b5bcd76c)',
    'verl FLOPs counter table',
    'Bud simulator hardware configs (BudEcosystem/simulator)',
    'nvidia-smi tables quoted in public repositories',
    'GPU memory in the SkyPilot catalog, v9 and v8',
  ],
  notes: 'Driver total with ECC.',
});
