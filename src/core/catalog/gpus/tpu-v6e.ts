import { defineGpu } from '../gpu-sheet.ts';

export const tpuV6e = defineGpu({
  name: 'TPU-v6e',
  aliases: ['v6e', 'Trillium'],
  cloudNames: ['tpu-v6e-slice', 'ct6e-standard-*'],
  vendor: 'Google',
  architecture: 'TPU',
  memoryGib: 32,
  driverMib: null,
  usableGib: null,
  gigabytesPerSecond: 1640,
  peakTflops: { fp32: null, tf32: null, bf16: 918, fp16: null, fp8: null },
  interconnect: { kind: 'ICI 2D torus', gigabytesPerSecond: null },
  gpusPerNode: 8,
  confidence: 'high',
  recalled: [],
  sources: [
    'vendor pages as cited by stas00/ml-engineering@744d01e1',
    'GenZ system configs (abhibambhaniya/GenZ-LLM-Analyzer)',
  ],
  notes: 'GenZ has 926.',
});
