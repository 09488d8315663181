import { defineGpu } from '../gpu-sheet.ts';

export const v100Sxm16gb = defineGpu({
  name: 'V100-SXM2-16GB',
  aliases: [],
  cloudNames: [
    'nvidia-tesla-v100',
    'p3.2xlarge',
    'p3.8xlarge',
    'p3.16xlarge',
    'Standard_NC6s_v3',
    'gpu_8x_v100',
    'gpu_8x_v100_n',
    'VM.GPU3.*',
  ],
  vendor: 'NVIDIA',
  architecture: 'Volta',
  memoryGib: 16,
  driverMib: 16_384,
  usableGib: 15.77,
  gigabytesPerSecond: 900,
  peakTflops: { fp32: 15.7, tf32: null, bf16: null, fp16: 125, fp8: null },
  interconnect: { kind: 'NVLink2', gigabytesPerSecond: 300 },
  gpusPerNode: 8,
  confidence: 'high',
  recalled: ['usable memory', 'driver memory'],
  sources: [
    'Lightning Fabric throughput table (Lightning-AI/pytorch-lightning@7f0c3436)',
    'Composer speed monitor table (mosaicml/composer)',
    'llm-analysis GPU configs (cli99/llm-analysis@d841e40a)',
    'NVIDIA V100 datasheet, recalled and not re-read',
  ],
  notes: 'No bf16 and no TF32. The driver reports 16160 to 16384 MiB by version.',
});
