import { defineGpu } from '../gpu-sheet.ts';

export const tpuV5e = defineGpu({
  name: 'TPU-v5e',
  aliases: ['v5e', 'v5litepod'],
  cloudNames: ['tpu-v5-lite-podslice', 'ct5lp-*'],
  vendor: 'Google',
  architecture: 'TPU',
  memoryGib: 16,
  driverMib: null,
  usableGib: null,
  gigabytesPerSecond: 819,
  peakTflops: { fp32: null, tf32: null, bf16: 197, fp16: null, fp8: null },
  interconnect: { kind: 'ICI 2D torus', gigabytesPerSecond: null },
  gpusPerNode: 8,
  confidence: 'high',
  recalled: [],
  sources: [
    'Lightning Fabric throughput table (Lightning-AI/pytorch-lightning@7f0c3436)',
    'vendor pages as cited by stas00/ml-engineering@744d01e1',
    'GenZ system configs (abhibambhaniya/GenZ-LLM-Analyzer)',
  ],
  notes: '1, 4 or 8 chips a host.',
});
