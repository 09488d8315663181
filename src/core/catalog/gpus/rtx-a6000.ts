import { defineGpu } from '../gpu-sheet.ts';

export const rtxA6000 = defineGpu({
  name: 'RTX-A6000',
  aliases: [],
  cloudNames: ['gpu_1x_a6000'],
  vendor: 'NVIDIA',
  architecture: 'Ampere',
  memoryGib: 48,
  driverMib: 49_140,
  usableGib: 47.5,
  gigabytesPerSecond: 768,
  peakTflops: { fp32: 38.7, tf32: 77.4, bf16: 154.8, fp16: 154.8, fp8: null },
  interconnect: { kind: 'NVLink3 bridge (pair)', gigabytesPerSecond: 112.5 },
  gpusPerNode: 4,
  confidence: 'high',
  recalled: ['usable memory', 'driver memory', 'interconnect'],
  sources: [
    'torchtitan get_peak_flops (pytorch/torchtitan@b5bcd76c)',
    'llm-analysis GPU configs (cli99/llm-analysis@d841e40a)',
    'LLM-Viewer hardware parameters (hahnyuan/LLM-Viewer)',
    'Bud simulator hardware configs (BudEcosystem/simulator)',
    'Lightning Fabric throughput table (Lightning-AI/pytorch-lightning@7f0c3436)',
  ],
  notes: "Tensor peak; Lightning's table has the CUDA cores' 38.7 TFLOP/s.",
});
