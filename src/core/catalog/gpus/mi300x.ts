import { defineGpu } from '../gpu-sheet.ts';

export const mi300x = defineGpu({
  name: 'MI300X',
  aliases: [],
  cloudNames: ['ND MI300X v5'],
  vendor: 'AMD',
  architecture: 'CDNA3',
  memoryGib: 192,
  driverMib: null,
  usableGib: 191.98,
  gigabytesPerSecond: 5300,
  peakTflops: { fp32: 163.4, tf32: 653.7, bf16: 1307.4, fp16: 1307.4, fp8: 2614.9 },
  interconnect: { kind: 'Infinity Fabric (7 links)', gigabytesPerSecond: 896 },
  gpusPerNode: 8,
  confidence: 'high',
  recalled: ['interconnect'],
  sources: [
    'torchtitan get_peak_flops (pytorch/torchtitan@b5bcd76c)',
    'vendor pages as cited by stas00/ml-engineering@744d01e1',
    'GenZ system configs (abhibambhaniya/GenZ-LLM-Analyzer)',
    'verl FLOPs counter table',
    'gpuhunt GPU tables (dstackai/gpuhunt@35841515)',
    'PyTorch out-of-memory messages quoted in public repositories',
  ],
  notes: 'Tables disagree on the peak: 1300, 1307 and 1336. A newer software stack leaves 191.69 GiB usable.',
});
