import { defineGpu } from '../gpu-sheet.ts';

export const gaudi2 = defineGpu({
  name: 'Gaudi2',
  aliases: ['HL-225'],
  cloudNames: [],
  vendor: 'Intel',
  architecture: 'Gaudi',
  memoryGib: 96,
  driverMib: null,
  usableGib: null,
  gigabytesPerSecond: 2450,
  peakTflops: { fp32: null, tf32: null, bf16: 432, fp16: 432, fp8: 865 },
  interconnect: { kind: '24x100GbE RoCE', gigabytesPerSecond: 600 },
  gpusPerNode: 8,
  confidence: 'high',
  recalled: ['interconnect'],
  sources: [
    'vendor pages as cited by stas00/ml-engineering@744d01e1',
    'gpuhunt GPU tables (dstackai/gpuhunt@35841515)',
  ],
  notes: 'fp16 is taken to run at the rate of bf16.',
});
