import { defineGpu } from '../gpu-sheet.ts';

export const gb300 = defineGpu({
  name: 'GB300-288GB',
  aliases: [],
  cloudNames: ['a4x-maxgpu-4g-metal'],
  vendor: 'NVIDIA',
  architecture: 'Blackwell Ultra',
  memoryGib: 288,
  driverMib: null,
  usableGib: 276.5,
  gigabytesPerSecond: 8000,
  peakTflops: { fp32: 80, tf32: 1250, bf16: 2500, fp16: 2500, fp8: 5000 },
  interconnect: { kind: 'NVLink5 NVL72', gigabytesPerSecond: 1800 },
  gpusPerNode: 4,
  confidence: 'medium',
  recalled: [],
  sources: [
    'torchtitan get_peak_flops (pytorch/torchtitan@b5bcd76c)',
    'vendor pages as cited by stas00/ml-engineering@744d01e1',
    'NeMo RL FLOPs tracker table (NVIDIA-NeMo/RL)',
    'PyTorch out-of-memory messages quoted in public repositories',
  ],
  notes: "Usable memory was read on a DGX Station; NVL72 trays may differ. NeMo RL's table has 2450.",
});
