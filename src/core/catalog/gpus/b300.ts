import { defineGpu } from '../gpu-sheet.ts';

export const b300 = defineGpu({
  name: 'B300-SXM-288GB',
  aliases: [],
  cloudNames: ['p6-b300.48xlarge'],
  vendor: 'NVIDIA',
  architecture: 'Blackwell Ultra',
  memoryGib: 288,
  driverMib: 275_040,
  usableGib: 275_040 / 1024,
  gigabytesPerSecond: 8000,
  peakTflops: { fp32: 80, tf32: 1125, bf16: 2250, fp16: 2250, fp8: 4500 },
  interconnect: { kind: 'NVLink5 + NVSwitch', gigabytesPerSecond: 1800 },
  gpusPerNode: 8,
  confidence: 'high',
  recalled: [],
  sources: [
    'torchtitan get_peak_flops (pytorch/torchtitan@b5bcd76c)',
    'vendor pages as cited by stas00/ml-engineering@744d01e1',
    'NeMo RL FLOPs tracker table (NVIDIA-NeMo/RL)',
    'GPU memory in the SkyPilot catalog, v9 and v8',
    'gpuhunt GPU tables (dstackai/gpuhunt@35841515)',
  ],
  notes:
    "Usable memory is the driver's total, an upper bound: 288 GB are decimal here, and torch's figure was not found.",
});
