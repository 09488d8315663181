import { defineGpu } from '../gpu-sheet.ts';

export const gaudi3 = defineGpu({
  name: 'Gaudi3',
  aliases: ['HL-325'],
  cloudNames: [],
  vendor: 'Intel',
  architecture: 'Gaudi',
  memoryGib: 128,
  driverMib: null,
  usableGib: null,
  gigabytesPerSecond: 3700,
  peakTflops: { fp32: 229, tf32: 459, bf16: 1677, fp16: 459, fp8: 1677 },
  interconnect: { kind: '24x200GbE RoCE', gigabytesPerSecond: 1200 },
  gpusPerNode: 8,
  confidence: 'medium',
  recalled: ['interconnect'],
  sources: [
    'vendor pages as cited by stas00/ml-engineering@744d01e1',
    'GenZ system configs (abhibambhaniya/GenZ-LLM-Analyzer)',
    'gpuhunt GPU tables (dstackai/gpuhunt@35841515)',
  ],
  notes: 'At the shipping clock of 1.6 GHz; the white paper says 1835 at 1.75 GHz.',
});
