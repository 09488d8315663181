import { defineGpu } from '../gpu-sheet.ts';

export const tpuV4 = defineGpu({
  name: 'TPU-v4',
  aliases: ['v4'],
  cloudNames: [],
  vendor: 'Google',
  architecture: 'TPU',
  memoryGib: 32,
  driverMib: null,
  usableGib: null,
  gigabytesPerSecond: 1228,
  peakTflops: { fp32: null, tf32: null, bf16: 275, fp16: null, fp8: null },
  interconnect: { kind: 'ICI 3D torus', gigabytesPerSecond: null },
  gpusPerNode: 4,
  confidence: 'high',
  recalled: [],
  sources: [
    'Lightning Fabric throughput table (Lightning-AI/pytorch-lightning@7f0c3436)',
    'oumi performance/mfu.py',
    'vendor pages as cited by stas00/ml-engineering@744d01e1',
    'GenZ system configs (abhibambhaniya/GenZ-LLM-Analyzer)',
  ],
  notes: 'Four chips a host.',
});
