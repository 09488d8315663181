import { megatronLm } from './megatron-lm.ts';
import type { Trainer } from './trainer.ts';

export const nanotron: Trainer = {
  names: ['nanotron'],
  traits: {
    // bf16 weights, fp32 gradients that accumulate, an fp32 copy with the optimizer (nanotron, FP32GradientAccumulator).
    ...megatronLm.traits,
    evidence: 'read',
    // fp32 logits and their exponentials besides the bf16 ones (nanotron, sharded_cross_entropy).
    bytesPerLogit: [6, 10, 12],
    bytesPerFusedLogit: null,
    fusedKernels: false,
  },
};
