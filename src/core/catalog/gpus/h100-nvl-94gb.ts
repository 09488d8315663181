import { defineGpu } from '../gpu-sheet.ts';

export const h100Nvl94gb = defineGpu({
  name: 'H100-NVL-94GB',
  aliases: [],
  cloudNames: ['Standard_NC40ads_H100_v5'],
  vendor: 'NVIDIA',
  architecture: 'Hopper',
  memoryGib: 94,
  driverMib: 95_830,
  usableGib: 93.1,
  gigabytesPerSecond: 3900,
  peakTflops: { fp32: 60, tf32: 417.5, bf16: 835, fp16: 835, fp8: 1671 },
  interconnect: { kind: 'NVLink4 bridge (pair)', gigabytesPerSecond: 600 },
  gpusPerNode: 8,
  confidence: 'high',
  recalled: ['usable memory', 'interconnect'],
  sources: [
    'Lightning Fabric throughput table (Lightning-AI/pytorch-lightning@7f0c3436)',
    'torchtitan get_peak_flops (pytorch/torchtitan@b5bcd76c)',
    'gpuhunt GPU tables (dstackai/gpuhunt@35841515)',
    'nvidia-smi tables quoted in public repositories',
    'vendor pages as cited by stas00/ml-engineering@744d01e1',
  ],
  notes: null,
});
