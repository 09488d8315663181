import { defineGpu } from '../gpu-sheet.ts';

export const gh200 = defineGpu({
  name: 'GH200-96GB',
  aliases: ['GH200 480GB', 'GH200 120GB', 'GH200 Grace Hopper Superchip'],
  cloudNames: ['gpu_1x_gh200'],
  vendor: 'NVIDIA',
  architecture: 'Hopper',
  memoryGib: 96,
  driverMib: 97_871,
  usableGib: 94.5,
  gigabytesPerSecond: 4000,
  peakTflops: { fp32: 67, tf32: 494.5, bf16: 989.5, fp16: 989.5, fp8: 1979 },
  interconnect: { kind: 'NVLink4 / C2C 900 to CPU', gigabytesPerSecond: 900 },
  gpusPerNode: 1,
  confidence: 'high',
  recalled: ['usable memory'],
  sources: [
    'vendor pages as cited by stas00/ml-engineering@744d01e1',
    'Bud simulator hardware configs (BudEcosystem/simulator)',
    'nvidia-smi tables quoted in public repositories',
    'gpuhunt GPU tables (dstackai/gpuhunt@35841515)',
  ],
  notes: "The 480 or 120 GB of its product names are the CPU's. There is a variant of 144 GB.",
});
