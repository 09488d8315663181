import { defineGpu } from '../gpu-sheet.ts';

export const h100Pcie80gb = defineGpu({
  name: 'H100-PCIE-80GB',
  aliases: [],
  cloudNames: ['gpu_1x_h100_pcie'],
  vendor: 'NVIDIA',
  architecture: 'Hopper',
  memoryGib: 80,
  driverMib: 81_559,
  usableGib: 79.1,
  gigabytesPerSecond: 2000,
  peakTflops: { fp32: 51, tf32: 378, bf16: 756, fp16: 756, fp8: 1513 },
  interconnect: { kind: 'NVLink4 bridge (pair)', gigabytesPerSecond: 600 },
  gpusPerNode: 8,
  confidence: 'high',
  recalled: ['usable memory', 'driver memory'],
  sources: [
    'Lightning Fabric throughput table (Lightning-AI/pytorch-lightning@7f0c3436)',
    'torchtitan get_peak_flops (pytorch/torchtitan@b5bcd76c)',
    'llm-analysis GPU configs (cli99/llm-analysis@d841e40a)',
    'Composer speed monitor table (mosaicml/composer)',
    'vendor pages as cited by stas00/ml-engineering@744d01e1',
    'LLM-Viewer hardware parameters (hahnyuan/LLM-Viewer)',
    'Bud simulator hardware configs (BudEcosystem/simulator)',
  ],
  notes: null,
});
