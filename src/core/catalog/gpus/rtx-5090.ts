import { defineGpu } from '../gpu-sheet.ts';

export const rtx5090 = defineGpu({
  name: 'RTX-5090',
  aliases: [],
  cloudNames: [],
  vendor: 'NVIDIA',
  architecture: 'Blackwell',
  memoryGib: 32,
  driverMib: 32_607,
  usableGib: 31.36,
  gigabytesPerSecond: 1792,
  peakTflops: { fp32: 104.8, tf32: 104.8, bf16: 209.5, fp16: 209.5, fp8: 419 },
  matrixShare: 0.86,
  interconnect: { kind: 'none (PCIe5 x16)', gigabytesPerSecond: null },
  gpusPerNode: 8,
  confidence: 'medium',
  recalled: ['usable memory'],
  sources: [
    'secondary web pages (waredb, spheron, press)',
    'nvidia-smi tables quoted in public repositories',
    'NVIDIA RTX 5090 datasheet, recalled and not re-read',
  ],
  notes:
    "Derived: a quarter of the vendor's 838, which is sparse and accumulates in fp16. matrixShare as of the RTX PRO 6000.",
});
