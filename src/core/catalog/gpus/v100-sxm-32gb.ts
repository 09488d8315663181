import { defineGpu } from '../gpu-sheet.ts';

export const v100Sxm32gb = defineGpu({
  name: 'V100-SXM2-32GB',
  aliases: [],
  cloudNames: ['p3dn.24xlarge', 'Standard_ND40rs_v2'],
  vendor: 'NVIDIA',
  architecture: 'Volta',
  memoryGib: 32,
  driverMib: 32_510,
  usableGib: 31.74,
  gigabytesPerSecond: 900,
  peakTflops: { fp32: 15.7, tf32: null, bf16: null, fp16: 125, fp8: null },
  interconnect: { kind: 'NVLink2', gigabytesPerSecond: 300 },
  gpusPerNode: 8,
  confidence: 'high',
  recalled: ['usable memory'],
  sources: [
    'Lightning Fabric throughput table (Lightning-AI/pytorch-lightning@7f0c3436)',
    'Composer speed monitor table (mosaicml/composer)',
    'llm-analysis GPU configs (cli99/llm-analysis@d841e40a)',
    'nvidia-smi tables quoted in public repositories',
  ],
  notes: 'No bf16 and no TF32. Newer drivers report 32768 MiB.',
});
