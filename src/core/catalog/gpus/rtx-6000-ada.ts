import { defineGpu } from '../gpu-sheet.ts';

export const rtx6000Ada = defineGpu({
  name: 'RTX-6000-Ada',
  aliases: ['RTX 6000 Ada Generation'],
  cloudNames: [],
  vendor: 'NVIDIA',
  architecture: 'Ada',
  memoryGib: 48,
  driverMib: 49_140,
  usableGib: 47.5,
  gigabytesPerSecond: 960,
  peakTflops: { fp32: 91.1, tf32: 182.1, bf16: 364.2, fp16: 364.2, fp8: 728.5 },
  interconnect: { kind: 'none (PCIe4 x16)', gigabytesPerSecond: null },
  gpusPerNode: 8,
  confidence: 'medium',
  recalled: ['usable memory', 'driver memory', 'bandwidth'],
  sources: [
    'gpuhunt GPU tables (dstackai/gpuhunt@35841515)',
    'NVIDIA RTX 6000 Ada datasheet, recalled and not re-read',
  ],
  notes: 'Datasheet figures as recalled; no table of peaks has this card.',
});
