import { defineGpu } from '../gpu-sheet.ts';

export const a10 = defineGpu({
  name: 'A10',
  aliases: [],
  cloudNames: ['gpu_1x_a10', 'VM.GPU.A10.*', 'Standard_NV36ads_A10_v5'],
  vendor: 'NVIDIA',
  architecture: 'Ampere',
  memoryGib: 24,
  driverMib: 24_564,
  usableGib: 22.0,
  gigabytesPerSecond: 600,
  peakTflops: { fp32: 31.2, tf32: 62.5, bf16: 125, fp16: 125, fp8: null },
  interconnect: { kind: 'none (PCIe4 x16)', gigabytesPerSecond: null },
  gpusPerNode: 4,
  confidence: 'high',
  recalled: ['usable memory', 'driver memory'],
  sources: [
    'Composer speed monitor table (mosaicml/composer)',
    'llm-analysis GPU configs (cli99/llm-analysis@d841e40a)',
    'Bud simulator hardware configs (BudEcosystem/simulator)',
    'gpuhunt GPU tables (dstackai/gpuhunt@35841515)',
    'NVIDIA A10 datasheet, recalled and not re-read',
  ],
  notes: 'Driver total without ECC; 23028 MiB with it.',
});
