import { defineGpu } from '../gpu-sheet.ts';

export const mi250x = defineGpu({
  name: 'MI250X',
  aliases: ['MI250X-128GB'],
  cloudNames: [],
  vendor: 'AMD',
  architecture: 'CDNA2',
  memoryGib: 64,
  driverMib: null,
  usableGib: 63.98,
  gigabytesPerSecond: 1638.5,
  peakTflops: { fp32: 23.95, tf32: null, bf16: 191.5, fp16: 191.5, fp8: null },
  interconnect: { kind: 'Infinity Fabric', gigabytesPerSecond: 800 },
  gpusPerNode: 8,
  confidence: 'high',
  recalled: ['usable memory'],
  sources: [
    'llm-analysis GPU configs (cli99/llm-analysis@d841e40a)',
    'torchtitan get_peak_flops (pytorch/torchtitan@b5bcd76c)',
    'vendor pages as cited by stas00/ml-engineering@744d01e1',
    'gpuhunt GPU tables (dstackai/gpuhunt@35841515)',
  ],
  notes: 'One of the two dies of a module, each a device of its own: half of what the datasheet says.',
});
