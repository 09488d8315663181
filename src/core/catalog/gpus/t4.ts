import { defineGpu } from '../gpu-sheet.ts';

export const t4 = defineGpu({
  name: 'T4',
  aliases: [],
  cloudNames: ['nvidia-tesla-t4', 'g4dn.*', 'Standard_NC4as_T4_v3'],
  vendor: 'NVIDIA',
  architecture: 'Turing',
  memoryGib: 16,
  driverMib: 15_360,
  usableGib: 14.74,
  gigabytesPerSecond: 320,
  peakTflops: { fp32: 8.1, tf32: null, bf16: null, fp16: 65, fp8: null },
  interconnect: { kind: 'none (PCIe3 x16)', gigabytesPerSecond: null },
  gpusPerNode: 4,
  confidence: 'high',
  recalled: ['driver memory', 'bandwidth'],
  sources: [
    'Lightning Fabric throughput table (Lightning-AI/pytorch-lightning@7f0c3436)',
    'Composer speed monitor table (mosaicml/composer)',
    'torch total_memory printed in unslothai/notebooks',
    'NVIDIA T4 datasheet, recalled and not re-read',
  ],
  notes: 'No bf16. Newer drivers leave 14.56 GiB usable.',
});
