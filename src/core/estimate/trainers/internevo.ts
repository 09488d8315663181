import { megatronLm } from './megatron-lm.ts';
import type { Trainer } from './trainer.ts';

export const internevo: Trainer = {
  names: ['internevo'],
  traits: {
    ...megatronLm.traits,
    // Its own table is 16 % above what this gives: it stands as wide as what was only read.
    evidence: 'read',
    fusedKernels: false,
    bytesPerFusedLogit: null,
    // fp32 logits, log-softmax and gradient, from a bf16 copy alone to two fp32 ones; not traced to a line.
    bytesPerLogit: [6, 12, 16],
    // One flat fp32 tensor of all parameters under torch's AdamW, fp32 gradients beside bf16 ones (HybridZeroOptimizer).
    optimizerImplementation: 'flat',
  },
};
