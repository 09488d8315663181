import { defineGpu } from '../gpu-sheet.ts';

export const trainium1 = defineGpu({
  name: 'Trainium1',
  aliases: ['Trainium'],
  cloudNames: ['trn1.2xlarge', 'trn1.32xlarge', 'trn1n.32xlarge'],
  vendor: 'AWS',
  architecture: 'Trainium',
  memoryGib: 32,
  driverMib: null,
  usableGib: null,
  gigabytesPerSecond: 820,
  peakTflops: { fp32: 47.5, tf32: 190, bf16: 190, fp16: 190, fp8: 190 },
  interconnect: { kind: 'NeuronLink-v2', gigabytesPerSecond: null },
  gpusPerNode: 16,
  confidence: 'high',
  recalled: [],
  sources: ['AWS Neuron documentation', 'Composer speed monitor table (mosaicml/composer)'],
  notes: 'A chip of two NeuronCores.',
});
