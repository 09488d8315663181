import { defineGpu } from '../gpu-sheet.ts';

export const gb200 = defineGpu({
  name: 'GB200-186GB',
  aliases: [],
  cloudNames: ['a4x-highgpu-4g'],
  vendor: 'NVIDIA',
  architecture: 'Blackwell',
  memoryGib: 186,
  driverMib: null,
  usableGib: null,
  gigabytesPerSecond: 8000,
  peakTflops: { fp32: 80, tf32: 1250, bf16: 2500, fp16: 2500, fp8: 5000 },
  interconnect: { kind: 'NVLink5 NVL72', gigabytesPerSecond: 1800 },
  gpusPerNode: 4,
  confidence: 'high',
  recalled: [],
  sources: [
    'torchtitan get_peak_flops (pytorch/torchtitan@b5bcd76c)',
    'vendor pages as cited by stas00/ml-engineering@744d01e1',
    'verl FLOPs counter table',
    'gpuhunt GPU tables (dstackai/gpuhunt@35841515)',
  ],
  notes:
    'One GPU of the superchip; 4 in a tray, 72 in an NVLink domain. Tables disagree on the peak: 2250, 2450 and 2500.',
});
