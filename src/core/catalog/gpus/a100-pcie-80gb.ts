import { defineGpu } from '../gpu-sheet.ts';

export const a100Pcie80gb = defineGpu({
  name: 'A100-PCIE-80GB',
  aliases: [],
  cloudNames: ['Standard_NC24ads_A100_v4', 'Standard_NC96ads_A100_v4', '1x_A100-80GB_SECURE'],
  vendor: 'NVIDIA',
  architecture: 'Ampere',
  memoryGib: 80,
  driverMib: 81_920,
  usableGib: 79.15,
  gigabytesPerSecond: 1935,
  peakTflops: { fp32: 19.5, tf32: 156, bf16: 312, fp16: 312, fp8: null },
  interconnect: { kind: 'NVLink3 bridge (pair)', gigabytesPerSecond: 600 },
  gpusPerNode: 4,
  confidence: 'high',
  recalled: ['usable memory', 'driver memory'],
  sources: [
    'Lightning Fabric throughput table (Lightning-AI/pytorch-lightning@7f0c3436)',
    'oumi performance/mfu.py',
    'NeMo RL FLOPs tracker table (NVIDIA-NeMo/RL)',
    'llm-analysis GPU configs (cli99/llm-analysis@d841e40a)',
    'vendor pages as cited by stas00/ml-engineering@744d01e1',
  ],
  notes: 'Same peak as SXM on paper; at 300 W a matmul reaches 253 TFLOP/s instead of 271.',
});
