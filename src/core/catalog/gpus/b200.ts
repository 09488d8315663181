import { defineGpu } from '../gpu-sheet.ts';

export const b200 = defineGpu({
  name: 'B200-SXM-180GB',
  aliases: ['B200-192GB'],
  cloudNames: ['nvidia-b200', 'a4-highgpu-8g', 'p6-b200.48xlarge', 'gpu_1x_b200_sxm6', 'gpu_8x_b200_sxm6'],
  vendor: 'NVIDIA',
  architecture: 'Blackwell',
  memoryGib: 180,
  driverMib: 183_359,
  usableGib: 178.35,
  gigabytesPerSecond: 8000,
  peakTflops: { fp32: 80, tf32: 1125, bf16: 2250, fp16: 2250, fp8: 4500 },
  interconnect: { kind: 'NVLink5 + NVSwitch', gigabytesPerSecond: 1800 },
  gpusPerNode: 8,
  confidence: 'high',
  recalled: [],
  sources: [
    'torchtitan get_peak_flops (pytorch/torchtitan@b5bcd76c)',
    'vendor pages as cited by stas00/ml-engineering@744d01e1',
    'verl FLOPs counter table',
    'NeMo RL FLOPs tracker table (NVIDIA-NeMo/RL)',
    'PyTorch out-of-memory messages quoted in public repositories',
    'nvidia-smi tables quoted in public repositories',
    'GPU memory in the SkyPilot catalog, v9 and v8',
    'gpuhunt GPU tables (dstackai/gpuhunt@35841515)',
  ],
  notes: 'Sold as 180 GB in DGX and HGX; the die carries 192.',
});
