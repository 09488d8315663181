import { defineGpu } from '../gpu-sheet.ts';

export const l4 = defineGpu({
  name: 'L4',
  aliases: [],
  cloudNames: ['nvidia-l4', 'g2-standard-*', 'g6.*'],
  vendor: 'NVIDIA',
  architecture: 'Ada',
  memoryGib: 24,
  driverMib: 23_034,
  usableGib: 22.161,
  gigabytesPerSecond: 300,
  peakTflops: { fp32: 30.3, tf32: 60, bf16: 121, fp16: 121, fp8: 242 },
  matrixShare: 0.36,
  interconnect: { kind: 'none (PCIe4 x16)', gigabytesPerSecond: null },
  gpusPerNode: 8,
  confidence: 'high',
  recalled: ['driver memory', 'bandwidth'],
  sources: [
    'Lightning Fabric throughput table (Lightning-AI/pytorch-lightning@7f0c3436)',
    'oumi performance/mfu.py',
    'torch total_memory printed in unslothai/notebooks',
    'NVIDIA L4 datasheet, recalled and not re-read',
  ],
  notes:
    "oumi's table has the TF32 rate as fp32. 72 W do not hold the clock of the peak: matrixShare is the L40S's by watts a peak FLOP.",
});
