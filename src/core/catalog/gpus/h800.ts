import { defineGpu } from '../gpu-sheet.ts';

export const h800 = defineGpu({
  name: 'H800-SXM5-80GB',
  aliases: [],
  cloudNames: [],
  vendor: 'NVIDIA',
  architecture: 'Hopper',
  memoryGib: 80,
  driverMib: 81_559,
  usableGib: 79.1,
  gigabytesPerSecond: 3350,
  peakTflops: { fp32: 67, tf32: 494.5, bf16: 989.5, fp16: 989.5, fp8: 1979 },
  interconnect: { kind: 'NVLink4 (capped)', gigabytesPerSecond: 400 },
  gpusPerNode: 8,
  confidence: 'medium',
  recalled: ['usable memory', 'driver memory', 'bandwidth', 'interconnect'],
  sources: [
    'verl FLOPs counter table',
    'ms-swift performance log table (modelscope/ms-swift)',
    'NVIDIA H800 datasheet, recalled and not re-read',
  ],
  notes: 'Computes like the H100; NVLink is capped.',
});
