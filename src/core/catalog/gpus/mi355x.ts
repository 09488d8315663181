import { defineGpu } from '../gpu-sheet.ts';

export const mi355x = defineGpu({
  name: 'MI355X',
  aliases: [],
  cloudNames: [],
  vendor: 'AMD',
  architecture: 'CDNA4',
  memoryGib: 288,
  driverMib: null,
  usableGib: null,
  gigabytesPerSecond: 8000,
  peakTflops: { fp32: 157.3, tf32: null, bf16: 2500, fp16: 2500, fp8: 5000 },
  interconnect: { kind: 'Infinity Fabric (7 links)', gigabytesPerSecond: 1071 },
  gpusPerNode: 8,
  confidence: 'high',
  recalled: [],
  sources: [
    'torchtitan get_peak_flops (pytorch/torchtitan@b5bcd76c)',
    'vendor pages as cited by stas00/ml-engineering@744d01e1',
    'gpuhunt GPU tables (dstackai/gpuhunt@35841515)',
  ],
  notes: "ml-engineering's matmul table divides by 2300 where its table of peaks has 2500.",
});
