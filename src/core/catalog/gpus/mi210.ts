import { defineGpu } from '../gpu-sheet.ts';

export const mi210 = defineGpu({
  name: 'MI210',
  aliases: [],
  cloudNames: [],
  vendor: 'AMD',
  architecture: 'CDNA2',
  memoryGib: 64,
  driverMib: null,
  usableGib: 63.98,
  gigabytesPerSecond: 1638,
  peakTflops: { fp32: 45.3, tf32: null, bf16: 181, fp16: 181, fp8: null },
  interconnect: { kind: 'Infinity Fabric (3 links)', gigabytesPerSecond: 300 },
  gpusPerNode: 8,
  confidence: 'medium',
  recalled: ['usable memory', 'interconnect'],
  sources: [
    'llm-analysis GPU configs (cli99/llm-analysis@d841e40a)',
    'gpuhunt GPU tables (dstackai/gpuhunt@35841515)',
    'AMD MI210 datasheet, recalled and not re-read',
  ],
  notes: 'fp32 on the matrix cores; 22.6 on the vector units.',
});
