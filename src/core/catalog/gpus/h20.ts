import { defineGpu } from '../gpu-sheet.ts';

export const h20 = defineGpu({
  name: 'H20-96GB',
  aliases: [],
  cloudNames: [],
  vendor: 'NVIDIA',
  architecture: 'Hopper',
  memoryGib: 96,
  driverMib: 97_871,
  usableGib: 95.0,
  gigabytesPerSecond: 4000,
  peakTflops: { fp32: 44, tf32: 74, bf16: 148, fp16: 148, fp8: 296 },
  interconnect: { kind: 'NVLink4 + NVSwitch', gigabytesPerSecond: 900 },
  gpusPerNode: 8,
  confidence: 'medium',
  recalled: ['usable memory'],
  sources: [
    'torchtitan get_peak_flops (pytorch/torchtitan@b5bcd76c)',
    'verl FLOPs counter table',
    'ms-swift performance log table (modelscope/ms-swift)',
    'nvidia-smi tables quoted in public repositories',
    'auto_parallel/cluster_info.py (NVIDIA/TensorRT-LLM@16d2467e)',
  ],
  notes: "NVIDIA's table has a bf16 peak of 147. There is a variant of 141 GB.",
});
