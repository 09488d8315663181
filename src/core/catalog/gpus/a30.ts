import { defineGpu } from '../gpu-sheet.ts';

export const a30 = defineGpu({
  name: 'A30',
  aliases: [],
  cloudNames: [],
  vendor: 'NVIDIA',
  architecture: 'Ampere',
  memoryGib: 24,
  driverMib: 24_576,
  usableGib: 23.5,
  gigabytesPerSecond: 933,
  peakTflops: { fp32: 10.3, tf32: 82, bf16: 165, fp16: 165, fp8: null },
  interconnect: { kind: 'NVLink3 bridge (pair)', gigabytesPerSecond: 200 },
  gpusPerNode: 4,
  confidence: 'medium',
  recalled: ['usable memory', 'driver memory', 'interconnect'],
  sources: [
    'Bud simulator hardware configs (BudEcosystem/simulator)',
    'NVIDIA A30 datasheet, recalled and not re-read',
  ],
  notes: 'One table (Bud) confirms tensor peak and bandwidth.',
});
