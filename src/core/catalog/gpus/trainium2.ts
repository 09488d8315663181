import { defineGpu } from '../gpu-sheet.ts';

export const trainium2 = defineGpu({
  name: 'Trainium2',
  aliases: [],
  cloudNames: ['trn2.48xlarge', 'trn2u.48xlarge'],
  vendor: 'AWS',
  architecture: 'Trainium',
  memoryGib: 96,
  driverMib: null,
  usableGib: null,
  gigabytesPerSecond: 2900,
  peakTflops: { fp32: 181, tf32: 667, bf16: 667, fp16: 667, fp8: 1299 },
  interconnect: { kind: 'NeuronLink-v3', gigabytesPerSecond: 1280 },
  gpusPerNode: 16,
  confidence: 'high',
  recalled: [],
  sources: ['AWS Neuron documentation', 'vendor pages as cited by stas00/ml-engineering@744d01e1'],
  notes: 'A chip of eight NeuronCores.',
});
