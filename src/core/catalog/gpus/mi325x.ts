import { defineGpu } from '../gpu-sheet.ts';

export const mi325x = defineGpu({
  name: 'MI325X',
  aliases: [],
  cloudNames: [],
  vendor: 'AMD',
  architecture: 'CDNA3',
  memoryGib: 256,
  driverMib: null,
  usableGib: null,
  gigabytesPerSecond: 6000,
  peakTflops: { fp32: 163.4, tf32: 653.7, bf16: 1307.4, fp16: 1307.4, fp8: 2614.9 },
  interconnect: { kind: 'Infinity Fabric (7 links)', gigabytesPerSecond: 896 },
  gpusPerNode: 8,
  confidence: 'high',
  recalled: [],
  sources: [
    'torchtitan get_peak_flops (pytorch/torchtitan@b5bcd76c)',
    'vendor pages as cited by stas00/ml-engineering@744d01e1',
    'GenZ system configs (abhibambhaniya/GenZ-LLM-Analyzer)',
  ],
  notes: 'Announced with 288 GB, sold with 256.',
});
