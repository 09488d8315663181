import { defineGpu } from '../gpu-sheet.ts';

export const a100Pcie40gb = defineGpu({
  name: 'A100-PCIE-40GB',
  aliases: [],
  cloudNames: [],
  vendor: 'NVIDIA',
  architecture: 'Ampere',
  memoryGib: 40,
  driverMib: 40_960,
  usableGib: 39.4,
  gigabytesPerSecond: 1555,
  peakTflops: { fp32: 19.5, tf32: 156, bf16: 312, fp16: 312, fp8: null },
  interconnect: { kind: 'NVLink3 bridge (pair)', gigabytesPerSecond: 600 },
  gpusPerNode: 4,
  confidence: 'high',
  recalled: ['usable memory', 'driver memory'],
  sources: [
    'Lightning Fabric throughput table (Lightning-AI/pytorch-lightning@7f0c3436)',
    'llm-analysis GPU configs (cli99/llm-analysis@d841e40a)',
    'oumi performance/mfu.py',
    'LLM-Viewer hardware parameters (hahnyuan/LLM-Viewer)',
    'NVIDIA A100 datasheet, recalled and not re-read',
  ],
  notes: 'Old drivers report 40536 MiB.',
});
