import { plainLoop } from './families/plain-loop.ts';
import type { Trainer } from './trainer.ts';

export const nanogpt: Trainer = {
  names: ['nanogpt'],
  traits: {
    ...plainLoop,
    known: true,
    evidence: 'read',
    // DDP alone, with fp32 gradients: nothing is reduced in another type or kept whole (nanoGPT, train.py).
    reducesEachBatch: true,
    reducePrecision: null,
    // Autocast logits, their fp32 copy's log-softmax and two gradients (nanoGPT, model.py, `GPT.forward`).
    bytesPerLogit: [10, 14, 16],
    // The fused AdamW where there is one (nanoGPT, model.py, `configure_optimizers`).
    foreachOptimizer: false,
  },
};
