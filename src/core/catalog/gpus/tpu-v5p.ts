import { defineGpu } from '../gpu-sheet.ts';

export const tpuV5p = defineGpu({
  name: 'TPU-v5p',
  aliases: ['v5p'],
  cloudNames: ['tpu-v5p-slice', 'ct5p-hightpu-4t'],
  vendor: 'Google',
  architecture: 'TPU',
  memoryGib: 95,
  driverMib: null,
  usableGib: null,
  gigabytesPerSecond: 2765,
  peakTflops: { fp32: null, tf32: null, bf16: 459, fp16: null, fp8: null },
  interconnect: { kind: 'ICI 3D torus', gigabytesPerSecond: null },
  gpusPerNode: 4,
  confidence: 'high',
  recalled: [],
  sources: [
    'vendor pages as cited by stas00/ml-engineering@744d01e1',
    'GenZ system configs (abhibambhaniya/GenZ-LLM-Analyzer)',
  ],
  notes: null,
});
